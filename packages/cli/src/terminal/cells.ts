import { visible } from './visible.js';

/** One character as a reader sees it (a grapheme, such as a letter with its accents), and where it stands in its line. */
export interface Cell {
  /** What is written to the terminal for it. */
  readonly text: string;
  /** UTF-16 offsets in the line. */
  readonly start: number;
  readonly end: number;
  /** Columns that it takes: 2 for wide characters, 0 for what has no width of its own. */
  readonly width: number;
}

/** Columns that a text takes in a terminal. */
export type Measure = (text: string) => number;

/** Tabs are shown up to the next multiple of this. */
const tabStop = 4;

const plainText = /^[\u0020-\u007e]*$/;

/** The characters of a part of a line that begins at `offset`; `measure` is asked about those that are not ASCII. */
export function cellsOf(text: string, offset: number, measure: Measure): Cell[] {
  if (plainText.test(text)) {
    return Array.from(text, (character, index) => ({
      text: character,
      start: offset + index,
      end: offset + index + 1,
      width: 1,
    }));
  }
  const cells: Cell[] = [];
  let column = 0;
  for (const { segment, index } of new Intl.Segmenter('en', { granularity: 'grapheme' }).segment(text)) {
    const shown = segment === '\t' ? ' '.repeat(tabStop - (column % tabStop)) : visible(segment);
    const width = segment === '\t' ? shown.length : measure(shown);
    cells.push({ text: shown, start: offset + index, end: offset + index + segment.length, width });
    column += width;
  }
  return cells;
}

export function widthOf(cells: readonly Cell[]): number {
  return cells.reduce((sum, { width }) => sum + width, 0);
}
