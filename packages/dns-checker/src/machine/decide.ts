import type { Change, Published } from './events.js';
import { type RecordSet, type Rules, type Target, targetId } from './rules.js';
import type { State } from './state.js';
import { canDecide, failingFor, namesHeard, publishersHeard, type Votes, votesOn } from './votes.js';

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
  const find = finder(rules, state, now);
  return rules.sets.map((set) => decideSet(rules, state, now, find, set, published.get(set.key) ?? nothing));
}

/** What this host would write now: nothing while it does not hear from a majority. */
export function changesDue(rules: Rules, state: State, now: number): Change[] {
  if (!hearsMajority(rules, state, now)) return [];
  const changes: Change[] = [];
  for (const { set, published, addresses } of decide(rules, state, now) ?? []) {
    if (published.blocked !== undefined || addresses.length === 0) continue;
    const change = changeOf(set, published, addresses);
    if (published.outdated || change.add.length > 0 || change.remove.length > 0) changes.push(change);
  }
  return changes;
}

export function hearsMajority(rules: Rules, state: State, now: number): boolean {
  return canDecide(rules, namesHeard(rules, state, now));
}

/** How many publishers that are heard come before this host; undefined when it is none. */
export function rankOf(rules: Rules, state: State, now: number): number | undefined {
  const rank = publishersHeard(rules, state, now).findIndex(({ name }) => name === rules.self);
  return rank === -1 ? undefined : rank;
}

/** The votes that count for an address of a set: newer than what somebody else last did to it. */
export function votesFor(rules: Rules, state: State, now: number, set: RecordSet, target: Target): Votes {
  return votesOn(rules, state, now, target.id, state.surprises.get(surpriseKey(set.key, target.address)));
}

export function surpriseKey(set: string, address: string): string {
  return `${set}@${address}`;
}

/** What counts of a target of a set, as answers to the questions that decide. */
interface Finding {
  readonly isUp: boolean;
  readonly isDown: boolean;
  readonly isGone: boolean;
  readonly isFailing: boolean;
}

/** Looks up findings, each once: the many names of a balancer have the same. */
function finder(rules: Rules, state: State, now: number): (set: RecordSet, target: Target) => Finding {
  const known = new Map<string, Finding>();
  return (set, target) => {
    const key = `${target.id} ${state.surprises.get(surpriseKey(set.key, target.address))}`;
    const before = known.get(key);
    if (before !== undefined) return before;
    const { up, down, gone } = votesFor(rules, state, now, set, target);
    const finding = {
      isUp: canDecide(rules, up),
      isDown: canDecide(rules, down),
      isGone: canDecide(rules, gone),
      isFailing: canDecide(rules, failingFor(rules, state, now, target.id)),
    };
    known.set(key, finding);
    return finding;
  };
}

function decideSet(
  rules: Rules,
  state: State,
  now: number,
  find: (set: RecordSet, target: Target) => Finding,
  set: RecordSet,
  published: Published,
): Decision {
  const isPublished = (address: string) => published.addresses.includes(address);
  const wanted = set.targets.filter((target) => {
    const { isGone, isUp } = find(set, target);
    return !isGone && (isUp || isPublished(target.address));
  });
  // Those on their way back are no reason to drop the others: all of them come back one after another.
  if (wanted.every((target) => find(set, target).isDown)) {
    const kept = published.addresses.length === 0 ? undefined : 'all-down';
    return { set, published, addresses: published.addresses, kept };
  }
  const others = set.targets.filter((target) => !wanted.includes(target) && isPublished(target.address));
  // What fails at once is found dead one after another: the first must not leave as if the rest were well.
  const isInDoubt = wanted.every((target) => find(set, target).isFailing);
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
 * Whether another host's settings have, or may have, an address that this host's have not: settings reach hosts one after another, and
 * until all have the same nobody takes away what a newer one put there. Who just began has not heard everybody yet.
 */
function isKnownElsewhere(rules: Rules, state: State, now: number, { targets }: RecordSet, address: string): boolean {
  if (now - (state.started ?? now) < rules.viewLife) return true;
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
