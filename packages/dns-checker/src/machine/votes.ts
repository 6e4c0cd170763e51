import type { Rules, Voter } from './rules.js';
import type { State } from './state.js';
import type { OpinionOfTarget } from './view.js';

/** Names of voters by what they find of a target; those that abstain are in neither. */
export interface Votes {
  readonly up: readonly string[];
  readonly down: readonly string[];
  /** Those of `down` whose last probe failed too: for the others the target is on its way back. */
  readonly gone: readonly string[];
}

/**
 * How the voters that are heard vote on a target.
 *
 * @param since what was heard before does not count
 */
export function votesOn(rules: Rules, state: State, now: number, target: string, since = 0): Votes {
  const up: string[] = [];
  const down: string[] = [];
  const gone: string[] = [];
  for (const voter of rules.voters) {
    const { opinion, reason } = saidBy(rules, state, now, voter, target, since) ?? abstaining;
    if (opinion === 'up') up.push(voter.name);
    if (opinion === 'down') down.push(voter.name);
    if (opinion === 'down' && reason !== '') gone.push(voter.name);
  }
  return { up, down, gone };
}

const abstaining: OpinionOfTarget = { opinion: 'unknown', reason: '' };

/** Names of the voters that are heard and whose last probe of a target failed, whatever they think of it yet. */
export function failingFor(rules: Rules, state: State, now: number, target: string): string[] {
  return rules.voters
    .filter((voter) => (saidBy(rules, state, now, voter, target)?.reason ?? '') !== '')
    .map(({ name }) => name);
}

/**
 * Whether these voters can decide: more than half of all votes that there are, heard or not; or exactly half with the one that breaks
 * ties. Of two groups without a common member at most one can.
 */
export function canDecide(rules: Rules, names: readonly string[]): boolean {
  const voters = rules.voters.filter(({ name }) => names.includes(name));
  const votes = 2 * voters.reduce((sum, { weight }) => sum + weight, 0);
  return votes > rules.totalWeight || (votes === rules.totalWeight && voters.some(({ breaksTies }) => breaksTies));
}

/** Whether a voter told its view lately. A host always hears itself. */
export function isHeard(rules: Rules, state: State, now: number, { name }: Pick<Voter, 'name'>): boolean {
  if (name === rules.self) return true;
  const heard = state.heard.get(name);
  return heard !== undefined && now - heard.received < rules.viewLife;
}

/** The voters that are heard and write records, in their order. */
export function publishersHeard(rules: Rules, state: State, now: number): Voter[] {
  return rules.voters.filter((voter) => voter.publishes && isHeard(rules, state, now, voter));
}

export function namesHeard(rules: Rules, state: State, now: number): string[] {
  return rules.voters.filter((voter) => isHeard(rules, state, now, voter)).map(({ name }) => name);
}

/**
 * What a voter says of a target; undefined when it is not heard.
 *
 * @param since what was heard before does not count
 */
export function saidBy(
  rules: Rules,
  state: State,
  now: number,
  voter: Pick<Voter, 'name'>,
  target: string,
  since = 0,
): OpinionOfTarget | undefined {
  if (!isHeard(rules, state, now, voter)) return undefined;
  if (voter.name === rules.self) return state.observations.get(target) ?? abstaining;
  const heard = state.heard.get(voter.name);
  if (heard === undefined || heard.received < since) return abstaining;
  return heard.view.opinions[target] ?? abstaining;
}
