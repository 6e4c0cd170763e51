import type { Point } from './geometry.js';

/** Notes the corners of one line after the other. */
export class Pen {
  /** Room for the longest line so far, so that each line is given an array of its own length. */
  readonly #corners: Point[] = [];
  #count = 0;

  /** On to a point, on a level or upright way. */
  goTo(x: number, y: number): void {
    const last = this.#count > 0 ? this.#corners[this.#count - 1] : undefined;
    const before = this.#count > 1 ? this.#corners[this.#count - 2] : undefined;
    if (last !== undefined && last.x === x && last.y === y) return;
    const isStraightOn =
      last !== undefined &&
      before !== undefined &&
      ((before.x === last.x && last.x === x) || (before.y === last.y && last.y === y));
    if (isStraightOn) this.#count -= 1;
    this.#corners[this.#count] = { x, y };
    this.#count += 1;
  }

  /** The corners from where the line began to where it ends; what comes next is another line. */
  lift(): Point[] {
    const line = this.#corners.slice(0, this.#count);
    this.#count = 0;
    return line;
  }
}
