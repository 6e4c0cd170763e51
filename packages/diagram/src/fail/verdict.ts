import type { State, Within } from './effect.js';
import type { Place } from './plant.js';

/** How a tier that keeps data is in one region. */
export interface Verdict {
  readonly place: Place;
  /** Undefined when nothing touches it. */
  readonly state: State | undefined;
  /** Seconds in which it does not answer before it goes on; 0 where nobody notices, or where it does not go on. */
  readonly pause: number;
  /** Seconds until the balancers' checks say that it is down; 0 for what is not. */
  readonly noticed: number;
  /** The rest is what a statement says. Empty when nothing touches it. */
  readonly text: string;
  readonly because: string;
  readonly within: Within | undefined;
  readonly lost: string | undefined;
  readonly fault: `F${number}` | undefined;
}

export function untouched(place: Place): Verdict {
  return {
    place,
    state: undefined,
    pause: 0,
    noticed: 0,
    text: '',
    because: '',
    within: undefined,
    lost: undefined,
    fault: undefined,
  };
}
