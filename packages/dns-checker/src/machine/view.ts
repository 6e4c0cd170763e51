import { isMap } from '../json.js';
import type { Opinion } from './opinion.js';

/** What one host thinks of every target that it knows, as it tells the others. */
export interface View {
  readonly from: string;
  /** Rises with every view of a host, over its restarts too. */
  readonly sequence: number;
  /** Milliseconds since 1970 by the clock of the host. */
  readonly at: number;
  /** By the id of the target; one that was not probed often enough yet is `unknown`. */
  readonly opinions: Readonly<Record<string, OpinionOfTarget>>;
}

export interface OpinionOfTarget {
  readonly opinion: Opinion;
  /** Why it is not well, for people; empty when it is. */
  readonly reason: string;
}

/** A view and when it came, by this host's monotonic clock in milliseconds. */
export interface Heard {
  readonly view: View;
  readonly received: number;
}

/** Reads a view that came from outside; undefined when it is none. */
export function parseView(text: string): View | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (!isMap(value)) return undefined;
  const { from, sequence, at, opinions } = value;
  if (typeof from !== 'string' || !isTime(sequence) || !isTime(at) || !isMap(opinions)) return undefined;
  const entries = Object.entries(opinions).map(([id, each]) => [id, opinionIn(each)] as const);
  if (entries.some(([, each]) => each === undefined)) return undefined;
  return { from, sequence, at, opinions: Object.fromEntries(entries) as View['opinions'] };
}

function opinionIn(value: unknown): OpinionOfTarget | undefined {
  if (!isMap(value)) return undefined;
  const { opinion, reason } = value;
  const isOpinion = opinion === 'up' || opinion === 'down' || opinion === 'unknown';
  return isOpinion && typeof reason === 'string' ? { opinion, reason } : undefined;
}

function isTime(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}
