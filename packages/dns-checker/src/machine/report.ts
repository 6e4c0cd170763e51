import { type Condition, lastingConditions, problemsToTell } from './conditions.js';
import { decide, hearsMajority, votesFor } from './decide.js';
import type { Published } from './events.js';
import type { Rules } from './rules.js';
import type { State } from './state.js';
import { canDecide, isHeard, saidBy } from './votes.js';

/** All that a checker knows, for an operator. */
export interface Report {
  readonly self: string;
  readonly voters: readonly {
    readonly name: string;
    readonly site: string;
    readonly publishes: boolean;
    readonly isSelf: boolean;
    readonly isHeard: boolean;
    /** Seconds since it was last heard; undefined for this host, and for one that was never heard. */
    readonly age: number | undefined;
    /** Why it could not be told anything the last time; undefined when it could. */
    readonly problem: string | undefined;
  }[];
  readonly sets: readonly SetReport[];
  /** What is out of order, in words. */
  readonly conditions: readonly string[];
  /** What of it this host is to tell an operator. */
  readonly problems: readonly Pick<Condition, 'key' | 'text' | 'detail'>[];
  readonly isFrozen: boolean;
  /** Whether this host knows what DNS has; an observer does not. */
  readonly knowsDns: boolean;
}

export interface SetReport {
  readonly key: string;
  readonly published: readonly string[];
  readonly foreign: readonly string[];
  readonly targets: readonly {
    readonly name: string;
    readonly address: string;
    readonly isPublished: boolean;
    /** By the votes that count. */
    readonly verdict: 'up' | 'down' | 'undecided';
    /** What each voter says. */
    readonly said: readonly { readonly voter: string; readonly opinion: string; readonly reason: string }[];
  }[];
}

/** @param problems why voters could not be told anything, by name */
export function reportOf(
  rules: Rules,
  state: State,
  now: number,
  problems: ReadonlyMap<string, string> = new Map(),
): Report {
  const decisions = decide(rules, state, now);
  return {
    self: rules.self,
    voters: rules.voters.map((voter) => {
      const heard = state.heard.get(voter.name);
      return {
        ...voter,
        isSelf: voter.name === rules.self,
        isHeard: isHeard(rules, state, now, voter),
        age: heard === undefined ? undefined : Math.round((now - heard.received) / 1000),
        problem: problems.get(voter.name),
      };
    }),
    sets: rules.sets.map((set) =>
      setReport(rules, state, now, set, decisions?.find((each) => each.set === set)?.published),
    ),
    conditions: lastingConditions(rules, state, now).map(({ text, detail }) =>
      detail === '' ? text : `${text}: ${detail}`,
    ),
    problems: problemsToTell(rules, state, now).map(({ key, text, detail }) => ({ key, text, detail })),
    isFrozen: !hearsMajority(rules, state, now),
    knowsDns: decisions !== undefined,
  };
}

function setReport(
  rules: Rules,
  state: State,
  now: number,
  set: Rules['sets'][number],
  published: Published | undefined,
): SetReport {
  return {
    key: set.key,
    published: published?.addresses ?? [],
    foreign: published?.foreign ?? [],
    targets: set.targets.map((target) => {
      const { up, down } = votesFor(rules, state, now, set, target);
      const verdict = canDecide(rules, down) ? 'down' : canDecide(rules, up) ? 'up' : 'undecided';
      return {
        name: target.name,
        address: target.address,
        isPublished: published?.addresses.includes(target.address) === true,
        verdict,
        said: rules.voters.map((voter) => ({ voter: voter.name, ...saidOf(rules, state, now, voter, target.id) })),
      };
    }),
  };
}

function saidOf(rules: Rules, state: State, now: number, voter: Rules['voters'][number], target: string) {
  const { opinion, reason } = saidBy(rules, state, now, voter, target) ?? { opinion: 'not heard', reason: '' };
  return { opinion, reason };
}

/** The report as an operator reads it. */
export function reportText(report: Report): string {
  const heard = report.voters.filter((voter) => voter.isHeard).length;
  const hears = `${report.self} hears from ${heard} of ${report.voters.length} checkers, itself included`;
  const lines = [
    report.isFrozen ? `FROZEN: ${hears}, which is no majority; records stay as they are` : hears,
    ...report.voters.map(voterLine),
    '',
    ...report.sets.flatMap((set) => setLines(report, set)),
  ];
  if (report.conditions.length > 0) lines.push('', 'Out of order', ...report.conditions.map((text) => `  ${text}`));
  return `${lines.join('\n')}\n`;
}

/** What is wrong, a line each with tabs between: key, sentence, detail and the section of the runbook. */
export function problemLines({ problems }: Report, section: string): string {
  const field = (text: string) => text.replace(/[\t\n]/g, ' ');
  return problems.map(({ key, text, detail }) => `${[key, text, detail, section].map(field).join('\t')}\n`).join('');
}

/** Whether there is nothing for an operator to do. */
export function isAllWell({ isFrozen, conditions, sets }: Report): boolean {
  return (
    !isFrozen &&
    conditions.length === 0 &&
    sets.every(({ targets }) => targets.every(({ verdict }) => verdict === 'up'))
  );
}

function voterLine({ name, publishes, isSelf, isHeard: heard, age, problem }: Report['voters'][number]): string {
  const since = age === undefined ? '' : ` since ${age} s`;
  const state = isSelf ? 'this host' : heard ? `heard ${age} s ago` : `NOT HEARD${since}`;
  const why = problem === undefined || heard ? '' : ` (asked from here: ${problem})`;
  return `  ${name}${publishes ? '' : ' (observes)'}: ${state}${why}`;
}

function setLines({ knowsDns }: Report, { key, targets, published, foreign }: SetReport): string[] {
  const strangers = published.filter((address) => !targets.some((target) => target.address === address));
  return [
    key,
    ...targets.flatMap(({ name, address, isPublished, verdict, said }) => {
      const place = !knowsDns ? '' : isPublished ? ', in DNS' : ', NOT in DNS';
      const reasons = said
        .filter(({ opinion }) => opinion !== 'up' && opinion !== 'not heard')
        .map(({ voter, opinion, reason }) => `    ${voter}: ${opinion}${reason === '' ? '' : `, ${reason}`}`);
      return [`  ${name} ${address}: ${verdict === 'down' ? 'DOWN' : verdict}${place}`, ...reasons];
    }),
    ...strangers.map((address) => `  ${address}: in DNS, not an address of this topology any more`),
    ...foreign.map((address) => `  ${address}: in DNS, somebody else's`),
  ];
}
