import type { Change, Effect, Problem, Published } from './events.js';
import { type Observation, unobserved } from './opinion.js';
import type { Rules } from './rules.js';
import type { Heard } from './view.js';

/** What a checker knows. Times are of the monotonic clock, in milliseconds. */
export interface State {
  /** When it learned the first thing; undefined before. */
  readonly started: number | undefined;
  /** By the id of the target. */
  readonly observations: ReadonlyMap<string, Observation>;
  /** The last view of each host that sent any, voter or not. */
  readonly heard: ReadonlyMap<string, Heard>;
  /** Hosts whose last view was not from now by this host's clock, and when it came. */
  readonly misdated: ReadonlyMap<string, number>;
  readonly sequence: number;
  readonly lastShared: number;
  /** What DNS had when it was last read or written, by the key of the set; undefined before the first time. */
  readonly published: ReadonlyMap<string, Published> | undefined;
  /** For what somebody else changed, since when: `key of the set@address`. Votes on it must be newer. */
  readonly surprises: ReadonlyMap<string, number>;
  readonly publishing: Publishing;
  /** Undefined when the last publication or look went well. */
  readonly trouble: Trouble | undefined;
  /** Names of voters, as of the last look. */
  readonly heardLately: readonly string[];
  /** When DNS is looked at again though nothing happened. */
  readonly nextAudit: number;
  /** What is out of order, by its key. */
  readonly conditions: ReadonlyMap<string, Raised>;
}

/** What a checker knows after something happened, and what it does about it. */
export interface Step {
  readonly state: State;
  readonly effects: readonly Effect[];
}

/** How far this host is with a publication. */
export type Publishing =
  | { readonly kind: 'idle' }
  /** For the publishers before this one. */
  | { readonly kind: 'waiting'; readonly until: number }
  | { readonly kind: 'reading' }
  | { readonly kind: 'writing'; readonly changes: readonly Change[] };

/** DNS could not be read or written. */
export interface Trouble extends Pick<Problem, 'kind' | 'text'> {
  /** In a row. */
  readonly attempts: number;
  /** It is left alone until then. */
  readonly until: number;
}

/** Something that is out of order. */
export interface Raised {
  readonly since: number;
  readonly text: string;
  /** Whether it has lasted long enough to count. */
  readonly counts: boolean;
}

export function initialState(rules: Rules): State {
  return {
    started: undefined,
    observations: new Map(rules.targets.map(({ id }) => [id, unobserved])),
    heard: new Map(),
    misdated: new Map(),
    sequence: 0,
    lastShared: Number.NEGATIVE_INFINITY,
    published: undefined,
    surprises: new Map(),
    publishing: { kind: 'idle' },
    trouble: undefined,
    heardLately: [],
    nextAudit: 0,
    conditions: new Map(),
  };
}
