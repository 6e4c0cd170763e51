import type { Database, Model } from '@groundplan/model';
import type { Stage } from '../stage/stage.js';

/** Something that happens to a topology, and what is promised of it. */
export interface Scenario {
  /** `database-primary-power-loss`: how it is asked for. */
  readonly name: string;
  /** A sentence. */
  readonly title: string;
  /** The row of the design's list of faults; undefined for what the list does not have. */
  readonly fault: `F${number}` | undefined;
  /** What it is in this topology; undefined where it cannot happen. */
  readonly of: (model: Model) => Drill | undefined;
}

/** A scenario for one topology. */
export interface Drill {
  /** `database.main`; `everything`. */
  readonly subject: string;
  /** The database that it happens to; by default the first PostgreSQL is watched. */
  readonly database?: Database;
  readonly budget: Budget;
  /** How long it is left alone before it is healed. */
  readonly lasts: { readonly seconds: number } | 'until users are served';
  /** Nothing is done at all. */
  readonly isQuiet?: true;
  /** Makes it happen. Says what happened to whom, as a sentence without its end. */
  readonly inject: (stage: Stage) => Promise<Injected>;
  /** Looked at besides what is measured always; after everything is whole again. */
  readonly also?: (stage: Stage) => Promise<readonly Finding[]>;
}

export interface Injected {
  /** `the power of shop-fsn1-db-main-1 was cut`. */
  readonly what: string;
  /** Undoes it; absent where nothing has to be undone by anybody. */
  readonly heal?: () => Promise<void>;
}

/** What is allowed. Times are seconds from the fault on. */
export interface Budget {
  /** For how long requests that only read may fail. 0: none may. Undefined: what it takes is measured, and it must end by itself. */
  readonly reads: number | undefined;
  /** The same for requests that write. */
  readonly writes: number | undefined;
  /** What may be lost of what was acknowledged: nothing, or what was acknowledged in the last second before the fault. */
  readonly lost: 'nothing' | 'the last second';
  /** After it was healed, how long it takes until all is as it was. Undefined: it must be so at all. */
  readonly whole: number | undefined;
  /** How long the address of the host may stay in DNS; undefined where it is to stay. */
  readonly record?: { readonly name: string; readonly seconds: number };
}

/** One thing that was looked at. */
export interface Finding {
  readonly promise: string;
  readonly measured: string;
  readonly met: boolean;
}
