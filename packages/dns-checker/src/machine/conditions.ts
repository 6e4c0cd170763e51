import { decide, hearsMajority, rankOf, votesFor } from './decide.js';
import type { Effect } from './events.js';
import type { Rules } from './rules.js';
import type { Raised, State, Step } from './state.js';
import { canDecide, namesHeard } from './votes.js';
import { findings, listed } from './words.js';

/** Something that is out of order now, for a person. */
export interface Condition {
  /** The same as long as it lasts. */
  readonly key: string;
  /** What is wrong, as a sentence without a full stop. */
  readonly text: string;
  /** More about it. */
  readonly detail: string;
  /** How long it may last before it counts. Milliseconds. */
  readonly patience: number;
  /** What all hosts find at once is for the first publisher alone to tell; `nobody`: only the log has it. */
  readonly toldBy: 'each' | 'first' | 'nobody';
}

const lasting = 60_000;

/** Logs what is newly out of order, and what is in order again: each once. */
export function advanceConditions(rules: Rules, state: State, now: number): Step {
  const found = new Map(conditionsOf(rules, state, now).map((condition) => [condition.key, condition]));
  const effects: Effect[] = [];
  const conditions = new Map<string, Raised>();
  for (const [key, { text, detail, patience }] of found) {
    const before = state.conditions.get(key);
    const since = before?.since ?? now;
    const counts = now - since >= patience;
    if (counts && before?.counts !== true) {
      effects.push({ kind: 'log', level: 'warning', text: detail === '' ? text : `${text}: ${detail}` });
    }
    conditions.set(key, { since, text, counts });
  }
  for (const [key, { counts, text }] of state.conditions) {
    if (counts && !found.has(key)) effects.push({ kind: 'log', level: 'info', text: `no longer: ${text}` });
  }
  return { state: { ...state, conditions }, effects };
}

/** What has been out of order for long enough to count. */
export function lastingConditions(rules: Rules, state: State, now: number): Condition[] {
  return conditionsOf(rules, state, now).filter(({ key }) => state.conditions.get(key)?.counts === true);
}

/** What this host is to tell an operator: what others tell as well is told by the first publisher that is heard. */
export function problemsToTell(rules: Rules, state: State, now: number): Condition[] {
  const isFirst = rankOf(rules, state, now) === 0;
  return lastingConditions(rules, state, now).filter(
    ({ toldBy }) => toldBy === 'each' || (toldBy === 'first' && isFirst),
  );
}

function conditionsOf(rules: Rules, state: State, now: number): Condition[] {
  return [...ofVoters(rules, state, now), ...ofApi(state), ...ofRecords(rules, state, now)];
}

function ofVoters(rules: Rules, state: State, now: number): Condition[] {
  const conditions: Condition[] = [];
  const heard = namesHeard(rules, state, now);
  const unheard = rules.voters.map(({ name }) => name).filter((name) => !heard.includes(name));
  if (!hearsMajority(rules, state, now)) {
    conditions.push({
      key: 'majority',
      text: 'the checkers are no majority, so that nobody changes DNS',
      detail: `${rules.self} hears ${heard.length} of ${rules.voters.length}, itself included, and not ${listed(unheard)}`,
      patience: lasting,
      toldBy: 'each',
    });
  } else if (unheard.length > 0) {
    const text = `checkers are not heard, a majority is left`;
    conditions.push({ key: 'unheard', text, detail: listed(unheard), patience: lasting, toldBy: 'first' });
  }
  const misdated = [...state.misdated].filter(([, at]) => now - at < rules.viewLife).map(([name]) => name);
  if (misdated.length > 0) {
    conditions.push({
      key: 'clock',
      text: `what ${listed(misdated.sort())} says is not from now by this host's clock, and does not count`,
      detail: 'compare "chronyc tracking" on both',
      patience: lasting,
      toldBy: 'each',
    });
  }
  return conditions;
}

function ofApi({ trouble }: State): Condition[] {
  if (trouble === undefined) return [];
  const { kind, text: detail } = trouble;
  return kind === 'refused'
    ? [
        {
          key: 'token',
          text: 'the DNS provider refuses the token, so that DNS stays as it is',
          detail,
          patience: 0,
          toldBy: 'first',
        },
      ]
    : [
        {
          key: 'api',
          text: 'DNS cannot be read or written, and stays as it is',
          detail,
          patience: lasting,
          toldBy: 'first',
        },
      ];
}

function ofRecords(rules: Rules, state: State, now: number): Condition[] {
  const decisions = decide(rules, state, now);
  if (decisions === undefined || !hearsMajority(rules, state, now)) return [];
  const keys = (kept: 'all-down' | 'minimum') =>
    decisions.filter((decision) => decision.kept === kept).map(({ set }) => set.key);
  const conditions: Condition[] = [];
  const allDown = keys('all-down');
  if (allDown.length > 0) {
    conditions.push({
      key: 'all-down',
      text: `every address of ${listed(allDown)} is down, and the last published ones stay`,
      detail: findings(rules, state, now, decisions.find(({ kept }) => kept === 'all-down')?.set.targets[0]?.id ?? ''),
      patience: 0,
      toldBy: 'first',
    });
  }
  const minimum = keys('minimum');
  if (minimum.length > 0) {
    conditions.push({
      key: 'minimum',
      text: `dead addresses stay in ${listed(minimum)}`,
      detail: `fewer than ${rules.keepAtLeast} would be left (keep_at_least)`,
      patience: 0,
      toldBy: 'first',
    });
  }
  for (const { set, published } of decisions) {
    if (published.blocked !== undefined) {
      const text = `${set.key} is left alone`;
      conditions.push({ key: `blocked ${set.key}`, text, detail: published.blocked, patience: 0, toldBy: 'first' });
    } else if (published.foreign.length > 0) {
      const text = `${set.key} has addresses that are not of this topology, which stay`;
      const detail = listed(published.foreign);
      conditions.push({ key: `foreign ${set.key}`, text, detail, patience: 0, toldBy: 'nobody' });
    }
  }
  return [...conditions, ...ofBalancers(rules, state, now)];
}

/** Balancers that a majority finds dead: once each, whatever the number of their names. */
function ofBalancers(rules: Rules, state: State, now: number): Condition[] {
  const dead = new Map<string, Condition>();
  for (const set of rules.sets) {
    for (const target of set.targets) {
      if (dead.has(target.name) || !canDecide(rules, votesFor(rules, state, now, set, target).down)) continue;
      dead.set(target.name, {
        key: `down ${target.name}`,
        text: `a majority finds ${target.name} down`,
        detail: findings(rules, state, now, target.id),
        patience: 0,
        toldBy: 'first',
      });
    }
  }
  return [...dead.values()];
}
