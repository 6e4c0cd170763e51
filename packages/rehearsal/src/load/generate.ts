import type { Answer, Client } from './client.js';
import type { Attempt } from './ledger.js';

/** A kind of request that users make. `{id}` in path and body becomes an id that is new each time. */
export interface RequestKind {
  readonly name: string;
  readonly method: string;
  readonly path: string;
  readonly body?: string;
  /** Whether an answer of 2xx promises that the id is stored. */
  readonly writes: boolean;
}

export interface LoadPlan {
  /** `https://shop.example.com` */
  readonly base: string;
  readonly perSecond: number;
  /** After this it ends by itself. */
  readonly seconds: number;
  /** Made in turn. */
  readonly kinds: readonly RequestKind[];
  /** What ids begin with. */
  readonly idPrefix: string;
}

/** One request, as its user saw it. */
export interface LoadEvent {
  readonly kind: string;
  readonly id: string;
  readonly writes: boolean;
  /** Milliseconds since 1970. */
  readonly sentAt: number;
  readonly endedAt: number;
  /** 0 without an answer. */
  readonly status: number;
  /** Why there was none. */
  readonly reason: string | undefined;
  /** Whether the server may have seen it. */
  readonly sent: boolean;
  /** Who answered. */
  readonly address: string | undefined;
}

/** So many wait for an answer at the same time at most; whoever comes then has failed. */
const mostWaiting = 500;

/**
 * Makes requests at a steady rate, whether or not earlier ones have been answered, as users do who know nothing of each other.
 *
 * @param emit gets each request when it has ended
 * @param signal ends it early
 * @returns when all have ended
 */
export async function generateLoad(
  plan: LoadPlan,
  client: Client,
  emit: (event: LoadEvent) => void,
  signal: AbortSignal,
): Promise<void> {
  const began = Date.now();
  const waiting = new Set<Promise<void>>();
  for (let count = 0; count < plan.perSecond * plan.seconds && !signal.aborted; count += 1) {
    await until(began + (1000 * count) / plan.perSecond, signal);
    const kind = plan.kinds[count % plan.kinds.length];
    if (signal.aborted || kind === undefined) break;
    const id = `${plan.idPrefix}${count}`;
    const one = makeRequest(plan.base, kind, id, client, waiting.size >= mostWaiting).then((event) => {
      waiting.delete(one);
      emit(event);
    });
    waiting.add(one);
  }
  await Promise.all(waiting);
}

async function makeRequest(
  base: string,
  kind: RequestKind,
  id: string,
  client: Client,
  isCrowded: boolean,
): Promise<LoadEvent> {
  const sentAt = Date.now();
  const filled = (text: string): string => text.replaceAll('{id}', id);
  const call = {
    method: kind.method,
    url: `${base}${filled(kind.path)}`,
    ...(kind.body === undefined ? {} : { body: filled(kind.body), headers: { 'Content-Type': 'application/json' } }),
  };
  const crowded: Answer = { kind: 'failure', reason: `more than ${mostWaiting} requests are waiting`, sent: false };
  const answer = isCrowded ? crowded : await client.send(call);
  const answered = answer.kind === 'answer';
  return {
    kind: kind.name,
    id,
    writes: kind.writes,
    sentAt,
    endedAt: Date.now(),
    status: answered ? answer.status : 0,
    reason: answered ? undefined : answer.reason,
    sent: answered ? true : answer.sent,
    address: answered ? answer.address : undefined,
  };
}

/** Whether the user was served: what is refused for a reason of the request's own is served as well. */
export function isServed({ status }: LoadEvent): boolean {
  return status >= 200 && status < 500;
}

/** The attempts to write among the requests. An error of the server's leaves open whether something was written. */
export function attemptsOf(events: readonly LoadEvent[]): Attempt[] {
  return events
    .filter(({ writes }) => writes)
    .map(({ id, sentAt, endedAt, status, sent }) => ({ id, sentAt, endedAt, outcome: outcomeOf(status, sent) }));
}

function outcomeOf(status: number, sent: boolean): Attempt['outcome'] {
  if (status >= 200 && status < 300) return 'acknowledged';
  if (status >= 300 && status < 500) return 'refused';
  return sent ? 'unknown' : 'refused';
}

function until(time: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, Math.max(0, time - Date.now()));
    signal.addEventListener('abort', end);
    if (signal.aborted) end();
  });
}
