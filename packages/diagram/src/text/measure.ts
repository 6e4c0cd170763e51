import { regular, semibold } from './inter-metrics.js';

export interface Font {
  /** Pixels. */
  readonly size: number;
  readonly weight: 'regular' | 'semibold';
}

/** Of characters that the font lacks: as wide as the widest that stand in for them, so that a box is rather too wide. */
const otherAdvance = 2458;

/** Code points below this have their advances in a plain array: a large picture measures ten thousand characters. */
const direct = 0x2200;

const advances = { regular: advanceTable(regular), semibold: advanceTable(semibold) };

/** What kerning may add; it takes away nearly always. */
const slack = 1.005;

/** How wide a text is in pixels, at most: the sum of its advances, without kerning. */
export function textWidth(text: string, { size, weight }: Font): number {
  const { near, far } = advances[weight];
  let sum = 0;
  for (let index = 0; index < text.length; index += 1) {
    const advance = near[text.charCodeAt(index)];
    if (advance !== undefined) {
      sum += advance;
      continue;
    }
    const point = text.codePointAt(index) ?? 0;
    sum += far.get(point) ?? otherAdvance;
    if (point > 0xffff) index += 1;
  }
  return (sum / 2048) * size * slack;
}

/** The text, or as much of its beginning as fits into `width` with an ellipsis. */
export function clipText(text: string, font: Font, width: number): string {
  return textWidth(text, font) <= width ? text : clipped(text, font, width);
}

/** A text that is too wide for `width`: as much of its beginning as fits with an ellipsis. */
export function clipped(text: string, font: Font, width: number): string {
  const room = width - textWidth('…', font);
  let kept = '';
  let used = 0;
  for (const character of text) {
    used += textWidth(character, font);
    if (used > room) break;
    kept += character;
  }
  return `${kept.trimEnd()}…`;
}

interface Advances {
  readonly near: Uint16Array;
  /** Of the code points from {@link direct} on. */
  readonly far: ReadonlyMap<number, number>;
}

function advanceTable(pairs: readonly number[]): Advances {
  const near = new Uint16Array(direct).fill(otherAdvance);
  const far = new Map<number, number>();
  for (let index = 0; index + 1 < pairs.length; index += 2) {
    const [point, advance] = [pairs[index] ?? 0, pairs[index + 1] ?? 0];
    if (point < direct) near[point] = advance;
    else far.set(point, advance);
  }
  return { near, far };
}
