import { entry } from './entry.js';

/** DNS: how clients find the balancers, and how dead ones leave. */
export const dns = {
  'dns/ttl-high': entry<{ ttl: number }>({
    severity: 'warning',
    title: 'Clients hold on to dead balancers for long',
    message: ({ ttl }) =>
      `with a ttl of ${ttl} clients hold on to a dead balancer for up to ${minutes(ttl)}: set ttl: 60`,
    docs: `When a balancer dies the checkers take its address out of the zone within 22 seconds. Resolvers and clients go on using the answer they have for as long as the \`ttl\` says: with 60, everybody has left the dead balancer after 82 seconds; with 3600, the last ones an hour later.

A low value costs next to nothing: authoritative servers answer these queries by the million.`,
  }),
  'dns/ttl-low': entry<{ ttl: number; minimum: number }>({
    severity: 'error',
    title: 'A time to live that the providers refuse',
    message: ({ ttl, minimum }) => `a ttl of ${ttl} is under the providers' minimum of ${minimum}: set ttl: ${minimum}`,
    docs: `Hetzner DNS and Cloudflare take no time to live under 60 seconds. Many resolvers would not honour it either.`,
  }),
  'dns/no-failover': entry<{ addresses: number }>({
    severity: 'warning',
    title: 'Dead balancers stay in DNS',
    message: ({ addresses }) =>
      `nobody takes a dead balancer out of DNS: when one of ${addresses} dies, 1 in ${addresses} requests fails until somebody acts; use by: checkers`,
    docs: `A host name with several addresses spreads its clients over them, also over the ones that are dead. Without failover, the death of one balancer of four fails every fourth request, from the moment it dies until somebody has woken up and edited the zone.

With \`by: checkers\` a small program on every balancer probes all the others from the outside. Each site has one vote; an address that a majority finds dead leaves the zone within 22 seconds, and comes back when it is well again. The last ones always stay.`,
  }),
  'dns/even-checkers': entry<{ sites: number }>({
    severity: 'error',
    title: 'An even number of sites that vote about DNS',
    message: ({ sites }) =>
      `the checkers vote from ${sites} sites: when the connection between the halves is cut neither has a majority and DNS freezes, add an arbiter at a third location`,
    docs: `The checkers change DNS only by a majority of all configured sites, so that two halves that cannot see each other never fight over the records. Each region is a site. With an even number, a cut in the middle leaves two halves and no majority: everything in DNS stays as it is, also the addresses of a region that has just died.

With two regions this is not a corner case but the main one: when one region dies, the other is one of two, which is no majority, and half of the requests go on failing.

An \`arbiter:\` at a third location is one more vote. It is the smallest server there is, keeps no data and serves no traffic.`,
  }),
  'dns/outside-zone': entry<{ hosts: string; zone: string; all: boolean }>({
    severity: 'error',
    title: 'A host outside of the zone',
    message: ({ hosts, zone, all }) =>
      all
        ? `none of the routes is in the zone ${zone}: ${hosts} cannot be published in it, check the spelling`
        : `${hosts} is not in the zone ${zone} and cannot be published in it: check the spelling, or use a host in the zone`,
    docs: `The hosts of all routes are published in \`dns.zone\`, so each is the zone itself or ends with it. A host elsewhere would get no record: the balancers wait for requests that nobody can send.

To serve hosts of several zones, publish one name in this zone and point the others at it with a CNAME in theirs.`,
  }),
  'dns/proxied': entry<{ provider: string }>({
    severity: 'error',
    title: 'A proxy that the provider does not have',
    message: ({ provider }) =>
      `${provider === 'none' ? 'without a provider there is no proxy' : `${provider} has no proxy`}: remove proxied, only cloudflare has one`,
    docs: `\`proxied\` sends traffic through Cloudflare's own servers, which hide the balancers' addresses. Hetzner DNS answers queries and nothing more.`,
  }),
  'dns/shared-project': entry<{ names: string }>({
    severity: 'warning',
    title: 'The DNS token opens the whole project',
    message: ({ names }) =>
      `the checkers on the servers of ${names} need a token for Hetzner DNS, which opens everything in its project: keep the zone in a project of its own`,
    docs: `The checkers change records, so each balancer (and the arbiter) holds a token for the DNS provider. Cloudflare has tokens for one zone. Hetzner has tokens for one project: if the zone lives beside the servers, whoever breaks into a balancer can delete every one of them, with the volumes.

Move the zone into a project that holds nothing else and give \`groundplan keys\` a token of that project. The file cannot tell whether that is done, so say it in a comment: \`# groundplan-ignore-next-line dns/shared-project: zone is in a project of its own\`.`,
  }),
};

function minutes(seconds: number): string {
  const whole = Math.round(seconds / 60);
  return seconds < 120
    ? `${seconds} seconds`
    : whole < 120
      ? `${whole} minutes`
      : `${Math.round(seconds / 3600)} hours`;
}
