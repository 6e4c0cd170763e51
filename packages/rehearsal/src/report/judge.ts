import { isServed, type LoadEvent } from '../load/generate.js';
import { type Attempt, checkLedger, type Findings } from '../load/ledger.js';
import { secondsOf } from '../load/timeline.js';
import type { Planned } from '../scenarios/index.js';
import type { Budget } from '../scenarios/scenario.js';
import type { Observation } from '../stage/perform.js';
import type { PrimarySample } from '../stage/primaries.js';
import type { PromiseResult, Result, Timeline } from './report.js';

/** Holds what was seen against what was promised. */
export function judge({ scenario, drill }: Planned, seen: Observation): Result {
  const { budget } = drill;
  const reads = seen.events.filter(({ writes }) => !writes);
  const writes = seen.events.filter((event) => event.writes);
  const promises = [
    service('requests that read are served', budget.reads, reads, seen.faultAt),
    ...(writes.length === 0 ? [] : [service('requests that write are served', budget.writes, writes, seen.faultAt)]),
    ...(seen.ledger === undefined ? [] : [acknowledged(budget, seen.ledger, seen.faultAt)]),
    ...(budget.record === undefined ? [] : [recordLeaves(budget.record, seen)]),
    ...(seen.primaries.some(({ hosts }) => hosts.length > 0) ? [onePrimary(seen.primaries)] : []),
    wholeAgain(budget.whole, seen),
    ...seen.findings.map(({ promise, measured, met }) => ({ promise, budget: '', measured, kept: met })),
  ];
  return {
    scenario: scenario.name,
    title: scenario.title,
    fault: scenario.fault ?? null,
    subject: drill.subject,
    outcome: promises.every(({ kept }) => kept) ? 'kept' : 'missed',
    what: seen.what,
    seconds: rounded((seen.ended - seen.began) / 1000),
    promises,
    timeline: timelineOf(seen, drill.isQuiet === true),
  };
}

/** A scenario that could not be carried out. */
export function broken({ scenario, drill }: Planned, why: string, seconds: number): Result {
  const { name, title, fault } = scenario;
  return {
    scenario: name,
    title,
    fault: fault ?? null,
    subject: drill.subject,
    outcome: 'broken',
    what: why,
    seconds: rounded(seconds),
    promises: [],
    timeline: null,
  };
}

/** From the fault to the moment in which the last request was sent that failed: who comes later is served. */
function service(
  promise: string,
  allowed: number | undefined,
  events: readonly LoadEvent[],
  faultAt: number,
): PromiseResult {
  const failed = events.filter((event) => !isServed(event));
  const last = failed.reduce((latest, { sentAt }) => Math.max(latest, sentAt), 0);
  const seconds = failed.length === 0 ? 0 : Math.max(0, (last - faultAt) / 1000);
  const share = `${failed.length} of ${events.length} failed`;
  const measured = failed.length === 0 ? `all ${events.length}` : `after ${secondsText(seconds)}; ${share}`;
  // What was served before the fault says nothing of what came after it.
  const hasService = events.some((event) => isServed(event) && event.sentAt > Math.max(last, faultAt));
  if (allowed === 0) return { promise, budget: 'none fails', measured, kept: failed.length === 0 && hasService };
  if (allowed === undefined)
    return { promise: `${promise} again, without a hand`, budget: '', measured, kept: hasService };
  return { promise: `${promise} again`, budget: `≤ ${allowed} s`, measured, kept: seconds <= allowed && hasService };
}

function acknowledged(
  { lost }: Budget,
  { attempts, stored }: NonNullable<Observation['ledger']>,
  faultAt: number,
): PromiseResult {
  const findings = checkLedger(attempts, stored);
  const tail = lost === 'nothing' ? [] : findings.lost.filter((id) => isInTail(attempts, id, faultAt));
  const wrong = mistakes({ ...findings, lost: findings.lost.filter((id) => !tail.includes(id)) });
  const spared = tail.length === 0 ? [] : [`${tail.length} lost that may be`];
  const said = [...wrong, ...spared];
  return {
    promise: 'what was acknowledged is stored, once and in order',
    budget: lost === 'nothing' ? 'all of it' : 'all but the last second',
    measured: said.length === 0 ? `all ${findings.acknowledged}` : `${said.join(', ')} of ${findings.acknowledged}`,
    kept: wrong.length === 0,
  };
}

/** Acknowledged in the second before the fault or after it: by a primary that was not the primary for long. */
function isInTail(attempts: readonly Attempt[], id: string, faultAt: number): boolean {
  return attempts.some((attempt) => attempt.id === id && attempt.endedAt >= faultAt - 1000);
}

function mistakes({ lost, duplicated, reordered, refusedButStored, foreign }: Findings): string[] {
  const kinds = {
    lost,
    'stored twice': duplicated,
    'out of order': reordered,
    'stored though refused': refusedButStored,
  };
  return Object.entries({ ...kinds, 'that nobody wrote': foreign }).flatMap(([kind, { length }]) =>
    length === 0 ? [] : [`${length} ${kind}`],
  );
}

function recordLeaves({ name, seconds }: NonNullable<Budget['record']>, seen: Observation): PromiseResult {
  const took = seen.recordGoneAt === undefined ? undefined : (seen.recordGoneAt - seen.faultAt) / 1000;
  return {
    promise: `the dead address leaves ${name} in DNS`,
    budget: `≤ ${seconds} s`,
    measured: took === undefined ? 'it did not' : secondsText(took),
    kept: took !== undefined && took <= seconds,
  };
}

function onePrimary(samples: readonly PrimarySample[]): PromiseResult {
  const most = samples.reduce((maximum, { hosts }) => Math.max(maximum, hosts.length), 0);
  return {
    promise: 'there are never two primaries',
    budget: 'never',
    measured: most > 1 ? `there were ${most}` : 'never',
    kept: most <= 1,
  };
}

function wholeAgain(allowed: number | undefined, { whole, missing, healedAt }: Observation): PromiseResult {
  const seconds = whole && (whole.wholeAt - Math.max(healedAt, whole.settledAt)) / 1000;
  return {
    promise: 'all is as it was, without a hand, once the hosts are up',
    budget: allowed === undefined ? '' : `≤ ${allowed} s`,
    measured: seconds === undefined ? `not after five minutes: ${missing}` : secondsText(seconds),
    kept: seconds !== undefined && (allowed === undefined || seconds <= allowed),
  };
}

function timelineOf(seen: Observation, isQuiet: boolean): Timeline {
  const { began, ended, events } = seen;
  const since = (time: number): number => rounded((time - began) / 1000);
  const bySecond = new Map(secondsOf(events).map((second) => [second.at, second]));
  const first = Math.floor(began / 1000);
  const last = Math.floor(ended / 1000);
  return {
    faultAt: isQuiet ? null : since(seen.faultAt),
    healedAt: isQuiet ? null : since(seen.healedAt),
    wholeAt: seen.whole === undefined || isQuiet ? null : since(seen.whole.wholeAt),
    seconds: since(ended),
    requests: Array.from({ length: last - first + 1 }, (_, index) => {
      const { served = 0, failed = 0 } = bySecond.get(1000 * (first + index)) ?? {};
      return { served, failed };
    }),
    primaries: spansOf(seen.primaries, ended).map(({ host, from, to }) => ({
      host,
      from: Math.max(0, since(from)),
      to: since(to),
    })),
  };
}

/** For how long each host said that it is the primary: a sample holds until the next. */
function spansOf(samples: readonly PrimarySample[], ended: number): { host: string; from: number; to: number }[] {
  const spans: { host: string; from: number; to: number }[] = [];
  for (const [index, { at, hosts }] of samples.entries()) {
    const to = Math.min(samples[index + 1]?.at ?? ended, ended);
    for (const host of hosts) {
      const open = spans.find((span) => span.host === host && span.to === at);
      if (open === undefined) spans.push({ host, from: at, to });
      else open.to = to;
    }
  }
  return spans;
}

function secondsText(seconds: number): string {
  return `${rounded(seconds)} s`;
}

function rounded(seconds: number): number {
  return Math.round(10 * seconds) / 10;
}
