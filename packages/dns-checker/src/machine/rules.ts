import type { Settings, VoterSettings } from '../settings.js';

/** What the machine goes by. It never changes while the program runs. Durations are in milliseconds. */
export interface Rules {
  readonly self: string;
  readonly voters: readonly Voter[];
  /** Of all voters. */
  readonly totalWeight: number;
  readonly targets: readonly Target[];
  readonly sets: readonly RecordSet[];
  readonly interval: number;
  readonly fall: number;
  readonly rise: number;
  readonly keepAtLeast: number;
  /** How long what a voter said counts. */
  readonly viewLife: number;
  /** By how much the clock of another host may differ. */
  readonly clockTolerance: number;
  /** How long a message may be under way. */
  readonly transit: number;
  /** For how long a sick database is left to its own failover. */
  readonly databasePatience: number;
  /** How long each publisher waits for the ones before it. */
  readonly turn: number;
  /** How often records are looked at though nothing happened, by any host. */
  readonly audit: number;
  /** When what was written is looked at again: another host may have written at the same moment. */
  readonly proof: number;
}

export interface Voter extends Pick<VoterSettings, 'name' | 'site' | 'publishes'> {
  /** Its share of its site's vote, as a whole number: hosts of one site that cannot talk must not both speak for it. */
  readonly weight: number;
  readonly breaksTies: boolean;
}

export type RecordType = 'A' | 'AAAA';

/** One address under which a service is probed. */
export interface Target {
  /** `shop.example.com@203.0.113.7`: the same on every host. */
  readonly id: string;
  /** The balancer. */
  readonly name: string;
  readonly address: string;
  readonly type: RecordType;
  /** The host name that is asked for. */
  readonly site: string;
  readonly protocol: 'http' | 'https';
  readonly port: number;
}

/** The records of one type of one host name. */
export interface RecordSet {
  /** `shop.example.com A`. */
  readonly key: string;
  readonly name: string;
  readonly type: RecordType;
  /** In their order in the settings. */
  readonly targets: readonly Target[];
}

/** Longer than a database's own failover takes (failures.md, F6 and F13). */
const databasePatience = 30_000;
const clockTolerance = 30_000;
/** Longer than the API takes to read and to write, so that the next one reads what this one wrote. */
const turn = 2000;
const audit = 60_000;
const proof = 10_000;

/** How long a checker waits for the answer to a probe, and for another checker: well within an interval. Milliseconds. */
export function patienceOf(interval: number): number {
  return Math.min(2000, interval * 0.4);
}

export function rulesOf(settings: Settings): Rules {
  const interval = settings.interval * 1000;
  const voters = votersOf(settings);
  const sets = settings.services.flatMap(setsOf);
  const targets = new Map(sets.flatMap((set) => set.targets.map((target) => [target.id, target])));
  return {
    self: settings.self,
    voters,
    totalWeight: voters.reduce((sum, { weight }) => sum + weight, 0),
    targets: [...targets.values()],
    sets,
    interval,
    fall: settings.fall,
    rise: settings.rise,
    keepAtLeast: settings.keep_at_least,
    viewLife: 3 * interval,
    clockTolerance,
    transit: patienceOf(interval),
    databasePatience,
    turn,
    audit,
    proof,
  };
}

/** Every site has one vote, which its hosts share. */
function votersOf({ voters }: Settings): Voter[] {
  const sizeOf = (site: string) => voters.filter((voter) => voter.site === site).length;
  const wholeVote = voters.reduce((multiple, { site }) => leastCommonMultiple(multiple, sizeOf(site)), 1);
  return voters.map(({ name, site, publishes, breaks_ties }) => ({
    name,
    site,
    publishes,
    weight: wholeVote / sizeOf(site),
    breaksTies: breaks_ties === true,
  }));
}

function leastCommonMultiple(a: number, b: number): number {
  const divisor = (x: number, y: number): number => (y === 0 ? x : divisor(y, x % y));
  return (a / divisor(a, b)) * b;
}

/** How a target is called by all checkers, whatever else is in their settings. */
export function targetId(site: string, address: string): string {
  return `${site}@${address}`;
}

/** An IPv6 address in its one short form (RFC 5952), so that two ways of writing it are the same address; anything else as it is. */
export function canonical(address: string): string {
  if (!address.includes(':')) return address;
  try {
    return new URL(`http://[${address}]/`).hostname.slice(1, -1);
  } catch {
    return address;
  }
}

function setsOf({ names, protocol, port, targets }: Settings['services'][number]): RecordSet[] {
  const [site = ''] = names;
  const ofType = (type: RecordType): Target[] =>
    targets.flatMap(({ name, a, aaaa }) => {
      const address = type === 'A' ? a : aaaa && canonical(aaaa);
      return address === undefined ? [] : [{ id: targetId(site, address), name, address, type, site, protocol, port }];
    });
  const types = (['A', 'AAAA'] as const).map((type) => ({ type, targets: ofType(type) }));
  return names.flatMap((name) =>
    types
      .filter((each) => each.targets.length > 0)
      .map(({ type, targets: ofSet }) => ({ key: `${name} ${type}`, name, type, targets: ofSet })),
  );
}
