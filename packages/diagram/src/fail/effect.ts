import type { NodeId } from '../node-id.js';

/** How something is after a failure; what has none of these is as it was. */
export type State = 'carries-on' | 'degraded' | 'dark';

/** When it is so. */
export interface Within {
  /** At most; undefined where nothing but a person, or something outside of the topology, ends it. */
  readonly seconds: number | undefined;
  /** For people: `≤ 20 s`, `until a person acts`. */
  readonly text: string;
}

/** One sentence about one thing. Made for an operator, who knows the topology and not how the parts work. */
export interface Statement {
  readonly kind: 'route' | 'node' | 'backup' | 'access';
  /** The id of a node; `shop.example.com/api`; `database.main` or `storage.media`, whose backup it is; the region that SSH reaches. */
  readonly subject: string;
  readonly state: State;
  /** What happens. */
  readonly text: string;
  /** What makes it happen. */
  readonly because: string;
  readonly within: Within | undefined;
  /** What may be lost for good, `nothing` where that is promised; undefined where there is nothing to lose. */
  readonly lost: string | undefined;
  /** The fault of the design's list that it is: `F14`. Undefined for what follows from several, and what no row speaks of. */
  readonly fault: `F${number}` | undefined;
}

/** What the users of a route get, once everything that mends itself has done so. */
export interface RouteEffect {
  readonly host: string;
  /** Begins with `/`. */
  readonly path: string;
  /** Undefined when the failure does not touch it. */
  readonly state: State | undefined;
  /** Names of the regions that serve it in full, sorted. */
  readonly from: readonly string[];
  /** Of new requests, the part that fails until a person acts: from 0 to 1. */
  readonly failing: number;
}

/** What a failure does. */
export interface Effect {
  /** What failed, without doubles, sorted; only what can fail. */
  readonly failed: readonly NodeId[];
  /** What was to fail and is nothing that can, sorted. It is ignored. */
  readonly unknown: readonly string[];
  /** The nodes that are no longer as they were. */
  readonly states: ReadonlyMap<NodeId, State>;
  /** Every route, in the order of the file. */
  readonly routes: readonly RouteEffect[];
  /** What users see first, then what is behind it. */
  readonly statements: readonly Statement[];
}

const ranks: Readonly<Record<State, number>> = { 'carries-on': 1, degraded: 2, dark: 3 };

/** 0 for what is as it was, then the worse the higher. */
export function rankOf(state: State | undefined): number {
  return state === undefined ? 0 : ranks[state];
}

export function worseOf<T extends State | undefined>(a: T, b: T): T {
  return rankOf(a) >= rankOf(b) ? a : b;
}
