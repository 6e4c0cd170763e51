import type { ProbeResult } from './opinion.js';
import type { View } from './view.js';

/** When something happened. Milliseconds. */
export interface Instant {
  /** By a clock that is never set. */
  readonly monotonic: number;
  /** Since 1970. */
  readonly wall: number;
}

/** What DNS has for a set of records. */
export interface Published {
  /** Addresses that this topology put there, sorted. */
  readonly addresses: readonly string[];
  /** Addresses that somebody else put there, which are left alone. */
  readonly foreign: readonly string[];
  /** Whether the records have other settings (TTL, proxy) than they should. */
  readonly outdated: boolean;
  /** Why these records must not be written; undefined when they may be. */
  readonly blocked: string | undefined;
}

/** Why DNS could not be read or written; `text` is for people. */
export interface Problem {
  /** `refused`: the token is not good (any more). `unavailable`: everything that may pass by itself. */
  readonly kind: 'refused' | 'unavailable';
  readonly text: string;
  /** Milliseconds that the API asked to wait. */
  readonly retryAfter: number | undefined;
}

/** Everything that the machine learns; `random` is at least 0 and less than 1. */
export type News =
  | { readonly kind: 'tick' }
  | { readonly kind: 'probed'; readonly target: string; readonly result: ProbeResult }
  /** A view whose signature is good. */
  | { readonly kind: 'heard'; readonly view: View }
  /** By the key of the set; a set that is not there has no addresses. */
  | { readonly kind: 'read'; readonly published: ReadonlyMap<string, Published>; readonly random: number }
  | { readonly kind: 'wrote'; readonly random: number }
  | { readonly kind: 'failed'; readonly problem: Problem; readonly random: number };

/** News, and when it came. */
export type Event = News & { readonly now: Instant };

/** What is to become of a set of records. Writing it twice is writing it once. */
export interface Change {
  /** Key of the set. */
  readonly set: string;
  /** What differs from what was read, sorted: what others do meanwhile to other addresses stays. */
  readonly add: readonly string[];
  readonly remove: readonly string[];
  /** All that is to be there, sorted, never empty: if nothing of it were left, it is written as a whole. */
  readonly addresses: readonly string[];
}

/** The set after a change to what is there at that moment. Never empty. */
export function changed(there: readonly string[], { add, remove, addresses }: Change): string[] {
  const after = [...new Set([...there.filter((address) => !remove.includes(address)), ...add])];
  return (after.some((address) => addresses.includes(address)) ? after : [...addresses]).sort();
}

export type Level = 'info' | 'warning' | 'error';

/** What the shell is to do. `read` and `write` are answered by one event each: `read`, `wrote` or `failed`. */
export type Effect =
  | { readonly kind: 'share'; readonly view: View }
  | { readonly kind: 'read' }
  | { readonly kind: 'write'; readonly changes: readonly Change[] }
  | { readonly kind: 'log'; readonly level: Level; readonly text: string };
