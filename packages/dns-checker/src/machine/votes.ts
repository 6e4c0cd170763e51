import type { Opinion } from './opinion.js';
import type { Rules, Voter } from './rules.js';
import type { State } from './state.js';

/** Names of voters by what they find of a target; those that abstain are in neither. */
export interface Votes {
  readonly up: readonly string[];
  readonly down: readonly string[];
}

/**
 * How the voters that are heard vote on a target.
 *
 * @param since what was heard before does not count
 */
export function votesOn(rules: Rules, state: State, now: number, target: string, since = 0): Votes {
  const namesOf = (opinion: Opinion) =>
    rules.voters
      .filter((voter) => isHeard(rules, state, now, voter) && opinionOf(rules, state, voter, target, since) === opinion)
      .map(({ name }) => name);
  return { up: namesOf('up'), down: namesOf('down') };
}

/** Names of the voters that are heard and whose last probe of a target failed, whatever they think of it yet. */
export function failingFor(rules: Rules, state: State, now: number, target: string): string[] {
  return rules.voters
    .filter((voter) => {
      if (!isHeard(rules, state, now, voter)) return false;
      const own = voter.name === rules.self ? state.observations.get(target) : undefined;
      const { reason = '' } = own ?? state.heard.get(voter.name)?.view.opinions[target] ?? {};
      return reason !== '';
    })
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

export function namesHeard(rules: Rules, state: State, now: number): string[] {
  return rules.voters.filter((voter) => isHeard(rules, state, now, voter)).map(({ name }) => name);
}

function opinionOf(rules: Rules, state: State, { name }: Voter, target: string, since: number): Opinion {
  if (name === rules.self) return state.observations.get(target)?.opinion ?? 'unknown';
  const heard = state.heard.get(name);
  return heard === undefined || heard.received < since
    ? 'unknown'
    : (heard.view.opinions[target]?.opinion ?? 'unknown');
}
