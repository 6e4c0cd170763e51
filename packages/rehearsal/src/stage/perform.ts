import type { Lab } from '../lab/lab.js';
import { attemptsOf, isServed, type LoadEvent, type RequestKind } from '../load/generate.js';
import type { Attempt } from '../load/ledger.js';
import type { Load } from '../load/start.js';
import { startLoad } from '../load/start.js';
import { pause } from '../pause.js';
import type { Planned } from '../scenarios/index.js';
import type { Finding } from '../scenarios/scenario.js';
import { postgresql } from '../scenarios/targets.js';
import { type Shop, storedIn } from './ledger-app.js';
import { type PrimarySample, watchPrimaries } from './primaries.js';
import type { Stage } from './stage.js';
import { complaints, untilWhole } from './whole.js';

/** What was seen while a scenario was performed; all times are milliseconds since 1970. */
export interface Observation {
  readonly what: string;
  readonly began: number;
  readonly faultAt: number;
  readonly healedAt: number;
  /** Undefined when it was not within its time; `missing` says what. */
  readonly whole: { readonly settledAt: number; readonly wholeAt: number } | undefined;
  readonly missing: string | undefined;
  readonly ended: number;
  readonly events: readonly LoadEvent[];
  /** All attempts to write until now, also of earlier scenarios, and what the app says that it has; undefined for an app that does not. */
  readonly ledger: { readonly attempts: readonly Attempt[]; readonly stored: readonly string[] } | undefined;
  /** When an address was first missing in DNS, if it was. */
  readonly recordGoneAt: number | undefined;
  readonly primaries: readonly PrimarySample[];
  readonly findings: readonly Finding[];
}

export interface Performance {
  readonly lab: Lab;
  readonly stage: Stage;
  readonly shop: Shop;
  /** Attempts of earlier scenarios. */
  readonly attempts: readonly Attempt[];
  /** Unique to the scenario; what its ids begin with. */
  readonly prefix: string;
}

/** Seconds of quiet before the fault and after the end. */
const calm = 5;
/** Requests a second: enough to see a tenth of one, and few enough for two cores. */
const perSecond = 20;
/** Seconds after which a scenario is over whatever happens. */
const longest = 1200;
/** Seconds that users are given to be served again. */
const longestOutage = 240;

/** Lets a scenario happen while users make requests, heals it, and waits until all is as it was. */
export async function perform({ drill }: Planned, performance: Performance): Promise<Observation> {
  const { lab, stage, shop } = performance;
  const began = Date.now();
  const kinds = kindsOf(shop);
  const load = startLoad(lab.user, {
    plan: { base: shop.base, perSecond, seconds: longest, kinds, idPrefix: performance.prefix },
    client: { connectTimeout: 2000, timeout: 10_000, trusted: lab.trusted },
    names: { servers: lab.nameservers },
  });
  const end = new AbortController();
  const database = drill.database ?? postgresql(stage.model, 1);
  const watching = watchPrimaries(database === undefined ? [] : stage.hostsOf(database), end.signal);
  const record =
    drill.budget.record === undefined ? undefined : watchRecord(stage, drill.budget.record.name, end.signal);
  try {
    await pause(1000 * calm);
    const faultAt = Date.now();
    const { what, heal } = await drill.inject(stage);
    if (drill.lasts !== 'until users are served') await pause(1000 * drill.lasts.seconds);
    else if (shop.keepsWrites) await untilServed(load, faultAt, kinds.length);
    // Nobody notices what only writes would; it has its time all the same.
    else await pause(1000 * (drill.budget.writes ?? calm));
    const healedAt = Date.now();
    await heal?.();
    const whole = await untilWhole(stage);
    await untilServed(load, healedAt, kinds.length);
    await pause(1000 * calm);
    const ended = Date.now();
    const events = await load.stop();
    end.abort();
    const attempts = [...performance.attempts, ...attemptsOf(events)];
    const stored = shop.keepsWrites ? await allStored(shop, lab) : undefined;
    return {
      what,
      began,
      faultAt,
      healedAt,
      whole: typeof whole === 'string' ? undefined : whole,
      missing: typeof whole === 'string' ? whole : undefined,
      ended,
      events,
      ledger: stored && { attempts, stored },
      recordGoneAt: await record,
      primaries: await watching,
      findings: [await wellness(stage), ...((await drill.also?.(stage)) ?? [])],
    };
  } finally {
    end.abort();
    await load.stop().catch(() => undefined);
  }
}

function kindsOf({ path, keepsWrites }: Shop): RequestKind[] {
  const read: RequestKind = { name: 'read', method: 'GET', path, writes: false };
  const write: RequestKind = { name: 'write', method: 'POST', path: '/writes/{id}', body: '{}', writes: true };
  return keepsWrites ? [read, write] : [read];
}

/**
 * Until what was sent in the last three seconds has been served, of every kind of request and but for what may still be on its way, as
 * long as that is at most four minutes.
 */
async function untilServed(load: Load, from: number, kinds: number): Promise<void> {
  const window = 3000;
  const enough = 0.7 * (window / 1000) * (perSecond / kinds);
  for (const deadline = Date.now() + 1000 * longestOutage; Date.now() < deadline; ) {
    await pause(500);
    const since = Date.now() - window;
    if (since < from) continue;
    const recent = load.events.filter(({ sentAt }) => sentAt >= since);
    const served = new Map<string, number>();
    for (const { kind } of recent.filter(isServed)) served.set(kind, (served.get(kind) ?? 0) + 1);
    const isServedWell = served.size === kinds && [...served.values()].every((count) => count >= enough);
    if (isServedWell && recent.every(isServed)) return;
  }
}

/** When a name first had fewer addresses than in the beginning. */
async function watchRecord(stage: Stage, name: string, signal: AbortSignal): Promise<number | undefined> {
  const count = stage.records(name).length;
  while (!signal.aborted) {
    if (stage.records(name).length < count) return Date.now();
    await pause(250, signal);
  }
  return undefined;
}

/** What is asked right after a fault may need another attempt. */
async function allStored({ base }: Shop, lab: Lab): Promise<string[]> {
  const { hostname } = new URL(base);
  for (let attempt = 0; attempt < 30; attempt += 1) {
    const addresses = lab.records(hostname);
    const asker = { user: lab.user, address: () => addresses[attempt % Math.max(1, addresses.length)] };
    const stored = await storedIn(base, asker);
    if (stored !== undefined) return stored;
    await pause(2000);
  }
  throw new Error(`${base}/writes does not say what it has`);
}

async function wellness(stage: Stage): Promise<Finding> {
  const found = await complaints(stage.hosts());
  const [first] = found;
  const promise = 'all hosts are well afterwards: no unit has failed, and each boots in an order';
  const measured =
    first === undefined ? 'all are' : found.length === 1 ? first : `${first}, and ${found.length - 1} more`;
  return { promise, measured, met: first === undefined };
}
