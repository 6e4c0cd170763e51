import type { Point } from '../layout/geometry.js';
import { distance } from './path.js';

interface Stretch {
  low: number;
  high: number;
}

/** No two touch each other. */
type Stretches = Map<number, Stretch[]>;

/** The pieces of lines that a net has drawn; each is level or upright. */
export class Covered {
  /** By their x. */
  readonly #upright: Stretches = new Map();
  /** By their y. */
  readonly #level: Stretches = new Map();

  /**
   * The distances along a line between which nothing of it is drawn yet: what two lines of a tree share is at their beginning and end.
   * From then on it counts as drawn.
   */
  take(points: readonly Point[], total: number): readonly [number, number] {
    let first = 1;
    let start = 0;
    for (; first < points.length; first += 1) {
      const from = points[first - 1];
      const to = points[first];
      if (from === undefined || to === undefined) continue;
      const drawn = this.#drawnFrom(from, to);
      start += drawn;
      if (drawn < distance(from, to)) break;
    }
    if (start >= total) return [total, total];
    let last = points.length - 1;
    let end = total;
    for (; last >= first; last -= 1) {
      const from = points[last];
      const to = points[last - 1];
      if (from === undefined || to === undefined) continue;
      const drawn = this.#drawnFrom(from, to);
      end -= drawn;
      if (drawn < distance(from, to)) break;
    }
    for (let index = first; index <= last; index += 1) this.#add(points[index - 1], points[index]);
    return [start, end];
  }

  #add(from: Point | undefined, to: Point | undefined): void {
    if (from === undefined || to === undefined) return;
    if (from.x === to.x) addStretch(this.#upright, from.x, Math.min(from.y, to.y), Math.max(from.y, to.y));
    else addStretch(this.#level, from.y, Math.min(from.x, to.x), Math.max(from.x, to.x));
  }

  /** How far the way from one end of a piece to the other is drawn without a gap. */
  #drawnFrom(from: Point, to: Point): number {
    return from.x === to.x
      ? reach(this.#upright.get(from.x), from.y, to.y)
      : reach(this.#level.get(from.y), from.x, to.x);
  }
}

function addStretch(lines: Stretches, at: number, low: number, high: number): void {
  const known = lines.get(at);
  if (known === undefined) {
    lines.set(at, [{ low, high }]);
    return;
  }
  let merged: Stretch | undefined;
  for (let index = known.length - 1; index >= 0; index -= 1) {
    const stretch = known[index];
    if (stretch === undefined || stretch.low > high || stretch.high < low) continue;
    if (merged === undefined) merged = stretch;
    else known.splice(index, 1);
    merged.low = Math.min(merged.low, low, stretch.low);
    merged.high = Math.max(merged.high, high, stretch.high);
  }
  if (merged === undefined) known.push({ low, high });
}

function reach(stretches: readonly Stretch[] | undefined, from: number, to: number): number {
  if (stretches === undefined) return 0;
  for (const { low, high } of stretches) {
    if (low <= from && from <= high) return to > from ? Math.min(high, to) - from : from - Math.max(low, to);
  }
  return 0;
}
