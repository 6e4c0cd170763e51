import { changesDue, rankOf, surpriseKey } from './decide.js';
import { changed, type Effect, type Problem, type Published } from './events.js';
import type { Rules } from './rules.js';
import type { State, Step, Trouble } from './state.js';
import { namesHeard, publishersHeard } from './votes.js';
import { changeWords } from './words.js';

/** First rest after a failure, and the longest. */
const firstRest = 1000;
const longestRest = 60_000;
/** A token does not get better by itself. */
const restOfRefused = 300_000;

/** What this host does about DNS now: look, wait for the publishers before it, or nothing. */
export function advancePublishing(rules: Rules, state: State, now: number): Step {
  const rank = rankOf(rules, state, now);
  if (rank === undefined || (state.trouble !== undefined && now < state.trouble.until)) return { state, effects: [] };
  switch (state.publishing.kind) {
    case 'reading':
    case 'writing':
      return { state, effects: [] };
    case 'waiting':
      if (changesDue(rules, state, now).length === 0) return { state: withIdle(state), effects: [] };
      return now >= state.publishing.until ? read(state) : { state, effects: [] };
    case 'idle': {
      if (state.published === undefined || now >= state.nextAudit) return read(state);
      if (changesDue(rules, state, now).length === 0) return { state, effects: [] };
      if (rank === 0) return read(state);
      return { state: { ...state, publishing: { kind: 'waiting', until: now + rank * rules.turn } }, effects: [] };
    }
  }
}

/**
 * When another host is not heard any more, or is again, it may have written by what it heard before: records are looked at again when
 * that has surely ended.
 */
export function afterSilence(rules: Rules, state: State, now: number): State {
  const heard = namesHeard(rules, state, now);
  if (heard.length === state.heardLately.length && heard.every((name) => state.heardLately.includes(name)))
    return state;
  const nextAudit = Math.min(state.nextAudit, now + rules.viewLife + rules.proof);
  return { ...state, heardLately: heard, nextAudit };
}

/** What was read is compared with what is to be, and what differs is written. */
export function afterRead(
  rules: Rules,
  before: State,
  now: number,
  published: ReadonlyMap<string, Published>,
  random: number,
): Step {
  const state: State = {
    ...before,
    published,
    surprises: surprisesIn(rules, before, now, published),
    publishing: { kind: 'idle' },
    // All publishers together look about once an `audit`.
    nextAudit: now + someTime(rules.audit * publishersHeard(rules, before, now).length, random),
  };
  const changes = changesDue(rules, state, now);
  if (changes.length === 0) return { state: { ...state, trouble: undefined }, effects: [] };
  return { state: { ...state, publishing: { kind: 'writing', changes } }, effects: [{ kind: 'write', changes }] };
}

/** The records are looked at again soon: had another host written in between, one of the two changes would be lost. */
export function afterWrite(rules: Rules, state: State, now: number, random: number): Step {
  const { publishing, published } = state;
  if (publishing.kind !== 'writing' || published === undefined) return { state, effects: [] };
  const known = new Map(published);
  for (const change of publishing.changes) {
    const before = known.get(change.set);
    const addresses = changed(before?.addresses ?? [], change);
    known.set(change.set, { addresses, foreign: before?.foreign ?? [], outdated: false, blocked: undefined });
  }
  return {
    state: {
      ...state,
      published: known,
      publishing: { kind: 'idle' },
      trouble: undefined,
      nextAudit: now + someTime(rules.proof, random),
    },
    effects: changeWords(rules, state, now, publishing.changes),
  };
}

/** Tried again, later each time and not by all hosts at once. */
export function afterFailure(state: State, now: number, { kind, text, retryAfter }: Problem, random: number): Step {
  const attempts = (state.trouble?.attempts ?? 0) + 1;
  const rest = kind === 'refused' ? restOfRefused : Math.min(longestRest, firstRest * 2 ** (attempts - 1));
  const until = now + Math.max(retryAfter ?? 0, rest * (0.5 + random / 2));
  const trouble: Trouble = { attempts, kind, text, until };
  const isNews = state.trouble?.text !== text;
  const effects: Effect[] = isNews
    ? [{ kind: 'log', level: 'warning', text: `cannot ${verbOf(state)} DNS, records stay as they are: ${text}` }]
    : [];
  return { state: { ...state, publishing: { kind: 'idle' }, trouble }, effects };
}

/** About as long, and not the same on all hosts. */
function someTime(duration: number, random: number): number {
  return duration * (0.75 + random / 2);
}

function verbOf({ publishing }: State): string {
  return publishing.kind === 'writing' ? 'write' : 'read';
}

function read(state: State): Step {
  return { state: { ...state, publishing: { kind: 'reading' } }, effects: [{ kind: 'read' }] };
}

function withIdle(state: State): State {
  return { ...state, publishing: { kind: 'idle' } };
}

/**
 * What DNS has otherwise than it was left here: somebody knew more. Votes that were cast before then, or were under way, may be those
 * that they outdid, so that they count no longer.
 */
function surprisesIn(
  rules: Rules,
  state: State,
  now: number,
  published: ReadonlyMap<string, Published>,
): ReadonlyMap<string, number> {
  const since = now + rules.transit;
  const surprises = new Map([...state.surprises].filter(([, at]) => now - at < rules.viewLife));
  for (const { key, targets } of rules.sets) {
    const before = state.published?.get(key)?.addresses;
    const after = published.get(key)?.addresses ?? [];
    for (const { address } of targets) {
      if (before === undefined || before.includes(address) !== after.includes(address))
        surprises.set(surpriseKey(key, address), since);
    }
  }
  return surprises;
}
