import { advanceConditions } from './conditions.js';
import type { Effect, Event, Instant } from './events.js';
import { afterProbe } from './opinion.js';
import { advancePublishing, afterFailure, afterRead, afterSilence, afterWrite } from './publish.js';
import type { Rules } from './rules.js';
import type { State, Step } from './state.js';
import type { View } from './view.js';
import { opinionWords } from './words.js';

/**
 * The checker: what it knows after an event, and what it does about it. Pure: no clock, no network, no randomness but what the
 * event brings.
 */
export function step(rules: Rules, state: State, event: Event): Step {
  const now = event.now.monotonic;
  const steps: ((state: State) => Step)[] = [
    (before) => learn(rules, before, event),
    (before) => share(rules, before, event.now, hasNewOpinion(state, before)),
    (before) => advancePublishing(rules, before, now),
    (before) => (event.kind === 'tick' ? advanceConditions(rules, before, now) : { state: before, effects: [] }),
  ];
  let current: State = state.started === undefined ? { ...state, started: now } : state;
  const effects: Effect[] = [];
  for (const each of steps) {
    const next = each(current);
    current = next.state;
    effects.push(...next.effects);
  }
  return { state: current, effects };
}

function learn(rules: Rules, state: State, event: Event): Step {
  const now = event.now.monotonic;
  switch (event.kind) {
    case 'tick':
      return { state: afterSilence(rules, state, now), effects: [] };
    case 'probed':
      return probed(rules, state, event);
    case 'heard':
      return { state: hear(rules, state, event.view, event.now), effects: [] };
    case 'read':
      return afterRead(rules, state, now, event.published, event.random);
    case 'wrote':
      return afterWrite(rules, state, now, event.random);
    case 'failed':
      return afterFailure(state, now, event.problem, event.random);
  }
}

function probed(rules: Rules, state: State, { target, result, now }: Extract<Event, { kind: 'probed' }>): Step {
  const before = state.observations.get(target);
  const known = rules.targets.find(({ id }) => id === target);
  if (before === undefined || known === undefined) return { state, effects: [] };
  const after = afterProbe(rules, before, result, now.monotonic);
  const observations = new Map(state.observations).set(target, after);
  const isNews = after.opinion !== before.opinion;
  return { state: { ...state, observations }, effects: isNews ? [opinionWords(rules, known, after)] : [] };
}

/**
 * Takes what another host says, unless it was said before, or is not from now: a recorded message must not count a second time. One
 * that comes twice, as an answer and as a message, changes nothing.
 */
function hear(rules: Rules, state: State, view: View, now: Instant): State {
  if (view.from === rules.self) return state;
  if (Math.abs(now.wall - view.at) > rules.clockTolerance) {
    return { ...state, misdated: new Map(state.misdated).set(view.from, now.monotonic) };
  }
  const last = state.heard.get(view.from);
  if (last !== undefined && view.sequence <= last.view.sequence) return state;
  const misdated = new Map(state.misdated);
  misdated.delete(view.from);
  return {
    ...state,
    misdated,
    heard: new Map(state.heard).set(view.from, { view, received: now.monotonic }),
  };
}

/** Tells the others: every interval, and at once what is new. */
function share(rules: Rules, state: State, now: Instant, isNews: boolean): Step {
  if (!isNews && now.monotonic - state.lastShared < rules.interval) return { state, effects: [] };
  // By the clock, so that it also rises over a restart.
  const sequence = Math.max(state.sequence + 1, now.wall);
  const opinions = Object.fromEntries(
    [...state.observations].map(([id, { opinion, reason }]) => [id, { opinion, reason }]),
  );
  const view: View = { from: rules.self, sequence, at: now.wall, opinions };
  return { state: { ...state, sequence, lastShared: now.monotonic }, effects: [{ kind: 'share', view }] };
}

function hasNewOpinion(before: State, after: State): boolean {
  return (
    before.observations !== after.observations &&
    [...after.observations].some(([id, { opinion }]) => before.observations.get(id)?.opinion !== opinion)
  );
}
