import type { ActionError } from './state/records.js';

/** What goes wrong. */
export type FaultEffect =
  /** The answer comes later. */
  | { readonly kind: 'latency'; readonly milliseconds: number }
  /** Another answer comes, in Hetzner's error format, and the request is not carried out. */
  | { readonly kind: 'response'; readonly status: number; readonly code?: string; readonly message?: string }
  /** The connection breaks, and the request is not carried out. */
  | { readonly kind: 'disconnect' }
  /** The request is accepted; the actions it starts end with this error and change nothing. */
  | { readonly kind: 'action'; readonly code: string; readonly message: string };

export interface Fault {
  /** `POST`; any method if absent. An `action` fault never concerns GET. */
  readonly method?: string;
  /** Path below `/v1`; `*` stands for one segment, `**` for any number at the end. Any path if absent. */
  readonly path?: string;
  /** How many requests it hits before it is over; until it is removed if absent. */
  readonly count?: number;
  readonly effect: FaultEffect;
}

export interface ActiveFault extends Fault {
  readonly id: number;
  /** How many requests it has hit. */
  readonly hits: number;
}

/** Faults of a running API. */
export interface FaultControl {
  /** Adds a fault and returns its id. */
  add(fault: Fault): number;
  /** Removes a fault; false if there is none of that id. */
  remove(id: number): boolean;
  clear(): void;
  list(): readonly ActiveFault[];
}

/** The faults that hit one request, together. */
export interface RequestFaults {
  readonly milliseconds: number;
  readonly answer: Extract<FaultEffect, { kind: 'response' | 'disconnect' }> | null;
  readonly failure: ActionError | null;
}

export interface FaultTable extends FaultControl {
  /** Counts a request against the faults that concern it, and says what they do to it. */
  strike(method: string, path: string): RequestFaults;
}

/** A table without faults. */
export function makeFaultTable(): FaultTable {
  const faults = new Map<number, { fault: Fault; hits: number }>();
  let nextId = 1;
  return {
    add: (fault) => {
      const id = nextId;
      nextId += 1;
      faults.set(id, { fault, hits: 0 });
      return id;
    },
    remove: (id) => faults.delete(id),
    clear: () => faults.clear(),
    list: () => [...faults].map(([id, { fault, hits }]) => ({ ...fault, id, hits })),
    strike: (method, path) => {
      let milliseconds = 0;
      let answer: RequestFaults['answer'] = null;
      let failure: ActionError | null = null;
      for (const [id, entry] of faults) {
        const { effect } = entry.fault;
        if (!concerns(entry.fault, method, path)) continue;
        // A request that never arrives cannot be hit by a later fault.
        if (answer !== null) break;
        entry.hits += 1;
        if (entry.fault.count !== undefined && entry.hits >= entry.fault.count) faults.delete(id);
        if (effect.kind === 'latency') milliseconds += effect.milliseconds;
        else if (effect.kind === 'action') failure ??= { code: effect.code, message: effect.message };
        else answer = effect;
      }
      return { milliseconds, answer, failure };
    },
  };
}

function concerns(fault: Fault, method: string, path: string): boolean {
  if (fault.effect.kind === 'action' && method === 'GET') return false;
  if (fault.method !== undefined && fault.method.toUpperCase() !== method) return false;
  return fault.path === undefined || fits(segmentsOf(fault.path), segmentsOf(path));
}

function segmentsOf(path: string): string[] {
  return path.split('/').filter((segment) => segment !== '');
}

function fits(pattern: readonly string[], segments: readonly string[]): boolean {
  const open = pattern.at(-1) === '**';
  const fixed = open ? pattern.slice(0, -1) : pattern;
  if (open ? segments.length < fixed.length : segments.length !== fixed.length) return false;
  return fixed.every((part, index) => part === '*' || part === segments[index]);
}

const codes: Readonly<Record<number, string>> = {
  423: 'locked',
  429: 'rate_limit_exceeded',
  500: 'server_error',
  502: 'bad_gateway',
  503: 'unavailable',
  504: 'timeout',
};

/** The code that goes with a status, where a fault names none. */
export function codeOfStatus(status: number): string {
  return codes[status] ?? 'unknown_error';
}
