import { type Cell, cellsOf, type Measure, widthOf } from './cells.js';

/** A line as it is shown, and where the marked part of it begins and how wide it is, in columns. */
export interface ShownLine {
  readonly text: string;
  readonly column: number;
  readonly width: number;
}

/** Characters of a line that are looked at on each side of the mark: more than fits on any screen. */
const reach = 2000;

const ellipsis = '…';

/**
 * A line fitted into `columns`, with the part from `start` to `end` (UTF-16 offsets in the line) in view. What does not fit is cut
 * off on the left and on the right, with an ellipsis in its place. A part without width is shown one column wide.
 */
export function fitLine(line: string, start: number, end: number, columns: number, measure: Measure): ShownLine {
  const from = boundary(line, start - reach);
  const to = boundary(line, Math.min(end, start + reach) + reach);
  const cells = cellsOf(line.slice(from, to), from, measure);
  const total = widthOf(cells);
  const before = widthOf(cells.filter((cell) => cell.end <= start));
  const marked = widthOf(cells.filter((cell) => cell.end > start && cell.start < end));
  const cutLeft = from > 0;
  const cutRight = to < line.length;
  if (total <= columns && !cutLeft && !cutRight)
    return { text: textOf(cells).trimEnd(), column: before, width: Math.max(1, marked) };

  const left = before + Math.min(marked, columns) < columns && !cutLeft ? 0 : leftEdge(before, marked, total, columns);
  const room = columns - (left > 0 || cutLeft ? 1 : 0) - (total - left >= columns || cutRight ? 1 : 0);
  const shown = within(cells, left, left + room);
  const lead = left > 0 || cutLeft ? ellipsis : '';
  const tail = left + room < total || cutRight ? ellipsis : '';
  const column = before - shown.start + lead.length;
  return {
    text: `${lead}${textOf(shown.cells)}${tail}`.trimEnd(),
    column,
    width: Math.max(1, Math.min(marked, shown.start + shown.width - before)),
  };
}

/** Where the view begins, so that the mark stands in its middle, or at its left when the mark is wider. */
function leftEdge(before: number, marked: number, total: number, columns: number): number {
  const margin = Math.max(Math.floor((columns - marked) / 2), Math.min(8, Math.floor(columns / 4)));
  return Math.max(0, Math.min(before - margin, total - columns + 1));
}

function within(cells: readonly Cell[], left: number, right: number): { cells: Cell[]; start: number; width: number } {
  const kept: Cell[] = [];
  let column = 0;
  let start: number | undefined;
  for (const cell of cells) {
    if (column >= left && column + cell.width <= right) {
      start ??= column;
      kept.push(cell);
    }
    column += cell.width;
  }
  return { cells: kept, start: start ?? left, width: widthOf(kept) };
}

function textOf(cells: readonly Cell[]): string {
  return cells.map(({ text }) => text).join('');
}

/** An offset in the line that does not divide a character beyond the basic plane. */
function boundary(line: string, offset: number): number {
  const clamped = Math.max(0, Math.min(offset, line.length));
  return /[\udc00-\udfff]/.test(line[clamped] ?? '') ? clamped - 1 : clamped;
}
