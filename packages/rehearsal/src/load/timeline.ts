import { isServed, type LoadEvent } from './generate.js';

/** What came of the requests that were sent in one second. */
export interface Second {
  /** Milliseconds since 1970, of its beginning. */
  readonly at: number;
  readonly served: number;
  readonly failed: number;
  /** Milliseconds that the slowest of those that were served took; 0 if none was. */
  readonly slowest: number;
}

export interface Summary {
  readonly requests: number;
  readonly failed: number;
  /** How often each reason came, the most frequent first. */
  readonly reasons: readonly (readonly [reason: string, count: number])[];
  /** Milliseconds that half, 99 % and all of those that were served took at most; 0 if none was. */
  readonly latency: { readonly half: number; readonly most: number; readonly worst: number };
  /** The longest time in which nobody was served although somebody asked, in milliseconds. */
  readonly longestGap: number;
  /** How many requests each address answered. */
  readonly byAddress: Readonly<Record<string, number>>;
}

/** One entry for each second from the first request to the last, also for those in which none was sent. */
export function secondsOf(events: readonly LoadEvent[]): Second[] {
  const bySecond = new Map<number, LoadEvent[]>();
  for (const event of events) {
    const second = Math.floor(event.sentAt / 1000);
    const list = bySecond.get(second);
    if (list === undefined) bySecond.set(second, [event]);
    else list.push(event);
  }
  if (bySecond.size === 0) return [];
  const numbers = [...bySecond.keys()].sort((a, b) => a - b);
  const [first = 0] = numbers;
  const last = numbers.at(-1) ?? first;
  return Array.from({ length: last - first + 1 }, (_, index) => {
    const sent = bySecond.get(first + index) ?? [];
    const served = sent.filter(isServed);
    return {
      at: 1000 * (first + index),
      served: served.length,
      failed: sent.length - served.length,
      slowest: served.reduce((slowest, { sentAt, endedAt }) => Math.max(slowest, endedAt - sentAt), 0),
    };
  });
}

/** What came of all of them. */
export function summaryOf(events: readonly LoadEvent[]): Summary {
  const served = events.filter(isServed);
  const failed = events.filter((event) => !isServed(event));
  const times = served.map(({ sentAt, endedAt }) => endedAt - sentAt).sort((a, b) => a - b);
  const within = (share: number): number => times[Math.max(0, Math.ceil(share * times.length) - 1)] ?? 0;
  const counts = counted(failed.map(({ reason, status }) => reason ?? `status ${status}`));
  return {
    requests: events.length,
    failed: failed.length,
    reasons: Object.entries(counts).sort(([a, more], [b, less]) => less - more || (a < b ? -1 : 1)),
    latency: { half: within(0.5), most: within(0.99), worst: within(1) },
    longestGap: longestGap(events),
    byAddress: counted(served.flatMap(({ address }) => address ?? [])),
  };
}

function counted(items: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const item of items) counts[item] = (counts[item] ?? 0) + 1;
  return counts;
}

/** From an answer to the next, and from the first question to the first answer; silence after the last one counts as well. */
function longestGap(events: readonly LoadEvent[]): number {
  if (events.length === 0) return 0;
  const answers = events.filter(isServed).map(({ endedAt }) => endedAt);
  const begin = events.reduce((first, { sentAt }) => Math.min(first, sentAt), Number.POSITIVE_INFINITY);
  const end = events.reduce((last, { endedAt }) => Math.max(last, endedAt), begin);
  const times = [begin, ...answers, end].sort((a, b) => a - b);
  return times.slice(1).reduce((longest, time, index) => Math.max(longest, time - (times[index] ?? time)), 0);
}
