import { type LineIndex, lineText, type Position, type Range, rangeOf, type Span } from '@groundplan/diagnostics';
import type { Measure } from '../../terminal/cells.js';
import { fitLine } from '../../terminal/clip.js';

/** How a part of a text is shown. */
export interface FrameStyle {
  /** Drawn under every column of the part. */
  readonly mark: '^' | '-';
  /** Words behind the mark. */
  readonly label: string | undefined;
  /** Lines shown above the part, from 0, in order. */
  readonly above: readonly number[];
  /** Digits of the largest line number that is shown nearby, so that frames line up. */
  readonly digits: number;
  /** Columns of the terminal. */
  readonly columns: number;
  readonly measure: Measure;
  readonly paintMark: (text: string) => string;
  readonly paintGutter: (text: string) => string;
}

/** Lines of a part that are shown at its beginning and at its end when it is longer. */
const shownAtEachEnd = 3;

/** The lines of a text that `span` touches, with numbers in front and the exact part marked. */
export function frame(lines: LineIndex, span: Span, style: FrameStyle): string[] {
  const range = withoutLastBreak(lines, rangeOf(lines, span));
  return range.start.line === range.end.line ? singleLine(lines, range, style) : severalLines(lines, range, style);
}

function singleLine(lines: LineIndex, { start, end }: Range, style: FrameStyle): string[] {
  const shown = fitLine(lineText(lines, start.line), start.character, end.character, room(style), style.measure);
  const mark = style.paintMark(style.mark.repeat(shown.width) + labelOf(style));
  return [
    ...style.above.map((line) => numbered(style, line, firstColumns(lines, line, room(style), style.measure))),
    numbered(style, start.line, shown.text),
    unnumbered(style, ' '.repeat(shown.column) + mark),
  ];
}

/** A rail on the left joins the first and the last line; it begins under the first character unless only blanks stand before that. */
function severalLines(lines: LineIndex, { start, end }: Range, style: FrameStyle): string[] {
  const columns = room(style) - 2;
  const rail = (text: string) => style.paintMark(text);
  const startsLine = lineText(lines, start.line).slice(0, start.character).trim() === '';
  const first = fitLine(lineText(lines, start.line), start.character, start.character, columns, style.measure);
  const rows = style.above.map((line) =>
    numbered(style, line, `  ${firstColumns(lines, line, columns, style.measure)}`.trimEnd()),
  );
  if (startsLine) {
    rows.push(numbered(style, start.line, `${rail('╭')} ${first.text}`));
  } else {
    rows.push(numbered(style, start.line, `  ${first.text}`));
    rows.push(unnumbered(style, rail(`╭─${'─'.repeat(first.column)}${style.mark}`)));
  }
  for (let line = start.line + 1; line <= end.line; line++) {
    const isLeftOut = line - start.line >= shownAtEachEnd && end.line - line >= shownAtEachEnd;
    if (isLeftOut) {
      rows.push(unnumbered(style, rail('┆')));
      line = end.line - shownAtEachEnd;
      continue;
    }
    rows.push(numbered(style, line, `${rail('│')} ${lastColumnsOf(lines, line, end, columns, style)}`.trimEnd()));
  }
  const last = fitLine(
    lineText(lines, end.line),
    Math.max(0, end.character - 1),
    end.character,
    columns,
    style.measure,
  );
  rows.push(unnumbered(style, rail(`╰─${'─'.repeat(last.column)}${style.mark.repeat(last.width)}${labelOf(style)}`)));
  return rows;
}

function lastColumnsOf(lines: LineIndex, line: number, end: Position, columns: number, style: FrameStyle): string {
  if (line !== end.line) return firstColumns(lines, line, columns, style.measure);
  return fitLine(lineText(lines, line), Math.max(0, end.character - 1), end.character, columns, style.measure).text;
}

/** A range that ends before the first character of a line ends with the line before it. */
function withoutLastBreak(lines: LineIndex, { start, end }: Range): Range {
  if (end.character > 0 || end.line <= start.line) return { start, end };
  const line = end.line - 1;
  return {
    start,
    end: { line, character: Math.max(lineText(lines, line).length, line === start.line ? start.character : 0) },
  };
}

function firstColumns(lines: LineIndex, line: number, columns: number, measure: Measure): string {
  return fitLine(lineText(lines, line), 0, 0, columns, measure).text;
}

/** Two blanks, the number, ` │ `. */
function room(style: FrameStyle): number {
  return Math.max(20, style.columns - style.digits - 5);
}

function numbered(style: FrameStyle, line: number, text: string): string {
  return `  ${style.paintGutter(`${String(line + 1).padStart(style.digits)} │`)}${text === '' ? '' : ` ${text}`}`;
}

function unnumbered(style: FrameStyle, text: string): string {
  return `  ${style.paintGutter(`${' '.repeat(style.digits)} │`)} ${text}`;
}

function labelOf(style: FrameStyle): string {
  return style.label === undefined ? '' : ` ${style.label}`;
}
