import { regular, semibold } from './inter-metrics.js';

export interface Font {
  /** Pixels. */
  readonly size: number;
  readonly weight: 'regular' | 'semibold';
}

const advances = { regular: advanceTable(regular), semibold: advanceTable(semibold) };

/** Of characters that the font lacks: as wide as the widest that stand in for them, so that a box is rather too wide. */
const otherAdvance = 2458;

/** What kerning may add; it takes away nearly always. */
const slack = 1.005;

/** How wide a text is in pixels, at most: the sum of its advances, without kerning. */
export function textWidth(text: string, { size, weight }: Font): number {
  const table = advances[weight];
  let sum = 0;
  for (const character of text) {
    sum += table.get(character.codePointAt(0) ?? 0) ?? otherAdvance;
  }
  return (sum / 2048) * size * slack;
}

/** The text, or as much of its beginning as fits into `width` with an ellipsis. */
export function clipText(text: string, font: Font, width: number): string {
  if (textWidth(text, font) <= width) return text;
  const room = width - textWidth('…', font);
  let clipped = '';
  let used = 0;
  for (const character of text) {
    used += textWidth(character, font);
    if (used > room) break;
    clipped += character;
  }
  return `${clipped.trimEnd()}…`;
}

function advanceTable(pairs: readonly number[]): ReadonlyMap<number, number> {
  const table = new Map<number, number>();
  for (let index = 0; index + 1 < pairs.length; index += 2) table.set(pairs[index] ?? 0, pairs[index + 1] ?? 0);
  return table;
}
