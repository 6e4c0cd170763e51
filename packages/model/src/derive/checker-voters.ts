import type { Host, Model } from '../model.js';

/** A host that looks at the balancers, for those who keep the records of DNS, and votes on them. */
export interface CheckerVoter {
  readonly host: Host;
  /** Each site has one vote, which its hosts share. */
  readonly site: string;
  /** Whether it writes records: it has a token then. The others observe. */
  readonly publishes: boolean;
  /** Whether half of the votes suffice where it is among them. */
  readonly breaksTies: boolean;
}

/** No region is called so. */
const arbiterSite = 'the arbiter';

/** One that dies must leave a majority. */
const fewest = 3;

/**
 * Who keeps the records of a topology; nobody where no checkers do. Of several regions each with balancers is a site, and the arbiter is
 * one where those are even in number. With one region its hosts vote: the balancers, and as many others as make an odd number of three
 * or more: database hosts, and where there are too few of them app hosts. Balancers first, each kind by key, so that one more app
 * changes nothing.
 */
export function checkerVoters({ dns, hosts, regions }: Model): CheckerVoter[] {
  if (dns === undefined || dns.provider.value === 'none' || dns.failover.by.value !== 'checkers') return [];
  const balancers = hosts.filter(({ tier }) => tier === 'lb');
  if (balancers.length === 0) return [];
  if (regions.length > 1) return ofRegions(balancers, hosts);
  const wanted = Math.max(fewest, balancers.length + ((balancers.length + 1) % 2)) - balancers.length;
  const others = [...hosts.filter(({ tier }) => tier === 'db'), ...hosts.filter(({ tier }) => tier === 'app')];
  return [
    ...balancers.map((host) => ({ host, site: host.name, publishes: true, breaksTies: false })),
    ...others.slice(0, wanted).map((host) => ({ host, site: host.name, publishes: false, breaksTies: false })),
  ];
}

/** How many votes hosts have together, of how many, and whether those suffice to change DNS. */
export function votesOf(
  voters: readonly CheckerVoter[],
  hasVote: (host: Host) => boolean,
): { readonly votes: number; readonly all: number; readonly decide: boolean } {
  const sizeOf = (site: string) => voters.filter((voter) => voter.site === site).length;
  const all = new Set(voters.map(({ site }) => site)).size;
  const present = voters.filter(({ host }) => hasVote(host));
  // Thirds do not add up to a whole in binary: rounded to a millionth they do.
  const sum = present.reduce((total, { site }) => total + 1 / sizeOf(site), 0);
  const votes = Math.round(sum * 1e6) / 1e6;
  const isHalf = 2 * votes === all && present.some(({ breaksTies }) => breaksTies);
  return { votes, all, decide: 2 * votes > all || isHalf };
}

function ofRegions(balancers: readonly Host[], hosts: readonly Host[]): CheckerVoter[] {
  const arbiter = hosts.find(({ tier }) => tier === 'arbiter');
  const ofBalancers = balancers.map((host) => {
    return { host, site: host.region?.name ?? host.name, publishes: true, breaksTies: false };
  });
  const isEven = new Set(ofBalancers.map(({ site }) => site)).size % 2 === 0;
  if (arbiter === undefined || !isEven) return ofBalancers;
  return [...ofBalancers, { host: arbiter, site: arbiterSite, publishes: true, breaksTies: true }];
}
