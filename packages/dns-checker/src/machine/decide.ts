import type { Change, Published } from './events.js';
import { type RecordSet, type Rules, type Target, targetId } from './rules.js';
import type { State } from './state.js';
import { canDecide, failingFor, isHeard, namesHeard, type Votes, votesOn } from './votes.js';

/** What is to be in a set of records, by the votes that are known here. */
export interface Decision {
  readonly set: RecordSet;
  readonly published: Published;
  /** Sorted. */
  readonly addresses: readonly string[];
  /**
   * Why addresses stay that a majority finds dead: they are all that there is, too few would be left, or those that would be left
   * have begun to fail as well.
   */
  readonly kept: 'all-down' | 'minimum' | 'doubt' | undefined;
}

const nothing: Published = { addresses: [], foreign: [], outdated: false, blocked: undefined };

/**
 * What is to be in each set. Nothing here is remembered but in DNS itself: what the voters do not agree on stays as DNS has it, so that a
 * host which knows less than the others changes nothing. Undefined before DNS was read.
 */
export function decide(rules: Rules, state: State, now: number): Decision[] | undefined {
  const { published } = state;
  if (published === undefined) return undefined;
  return rules.sets.map((set) => decideSet(rules, state, now, set, published.get(set.key) ?? nothing));
}

/** What this host would write now: nothing while it does not hear from a majority. */
export function changesDue(rules: Rules, state: State, now: number): Change[] {
  if (!hearsMajority(rules, state, now)) return [];
  return (decide(rules, state, now) ?? [])
    .filter(({ published, addresses }) => published.blocked === undefined && addresses.length > 0)
    .map(({ set, published, addresses }) => ({ ...changeOf(set, published, addresses), outdated: published.outdated }))
    .filter(({ add, remove, outdated }) => add.length > 0 || remove.length > 0 || outdated)
    .map(({ outdated, ...change }) => change);
}

export function hearsMajority(rules: Rules, state: State, now: number): boolean {
  return canDecide(rules, namesHeard(rules, state, now));
}

/** How many publishers that are heard come before this host; undefined when it is none. */
export function rankOf(rules: Rules, state: State, now: number): number | undefined {
  const publishers = rules.voters.filter((voter) => voter.publishes && isHeard(rules, state, now, voter));
  const rank = publishers.findIndex(({ name }) => name === rules.self);
  return rank === -1 ? undefined : rank;
}

/** The votes that count for an address of a set: newer than what somebody else last did to it. */
export function votesFor(rules: Rules, state: State, now: number, set: RecordSet, target: Target): Votes {
  return votesOn(rules, state, now, target.id, state.surprises.get(surpriseKey(set.key, target.address)));
}

export function surpriseKey(set: string, address: string): string {
  return `${set}@${address}`;
}

function decideSet(rules: Rules, state: State, now: number, set: RecordSet, published: Published): Decision {
  const isPublished = (address: string) => published.addresses.includes(address);
  const wanted = set.targets.filter((target) => {
    const { up, down } = votesFor(rules, state, now, set, target);
    if (canDecide(rules, down)) return false;
    return canDecide(rules, up) || isPublished(target.address);
  });
  if (wanted.length === 0) {
    const kept = published.addresses.length === 0 ? undefined : 'all-down';
    return { set, published, addresses: published.addresses, kept };
  }
  const others = set.targets.filter((target) => !wanted.includes(target) && isPublished(target.address));
  // What fails at once is found dead one after another: the first must not leave as if the rest were well.
  const isInDoubt = wanted.every(({ id }) => canDecide(rules, failingFor(rules, state, now, id)));
  const fill = isInDoubt ? others : others.slice(0, Math.max(0, rules.keepAtLeast - wanted.length));
  const addresses = [...wanted, ...fill].map(({ address }) => address);
  const unknown = published.addresses.filter(
    (address) =>
      !set.targets.some((target) => target.address === address) && isKnownElsewhere(rules, state, now, set, address),
  );
  return {
    set,
    published,
    addresses: [...addresses, ...unknown].sort(),
    kept: fill.length === 0 ? undefined : isInDoubt ? 'doubt' : 'minimum',
  };
}

/**
 * Whether another host's settings have an address that this host's have not: settings reach hosts one after another, and until all have
 * the same nobody takes away what a newer one put there.
 */
function isKnownElsewhere(rules: Rules, state: State, now: number, { targets }: RecordSet, address: string): boolean {
  const id = targetId(targets[0]?.site ?? '', address);
  return [...state.heard.values()].some(
    ({ view, received }) => now - received < rules.viewLife && view.opinions[id] !== undefined,
  );
}

function changeOf({ key }: RecordSet, published: Published, addresses: readonly string[]): Change {
  return {
    set: key,
    add: addresses.filter((address) => !published.addresses.includes(address)),
    remove: published.addresses.filter((address) => !addresses.includes(address)),
    addresses,
  };
}
