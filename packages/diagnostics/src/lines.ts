import type { Span } from './span.js';

/** A position as the Language Server Protocol counts: line and character from 0, characters in UTF-16 units. */
export interface Position {
  readonly line: number;
  readonly character: number;
}

export interface Range {
  readonly start: Position;
  readonly end: Position;
}

/** Where each line of a text begins; ends of lines are LF, CRLF or a lone CR, as in the Language Server Protocol. */
export interface LineIndex {
  readonly text: string;
  readonly starts: readonly number[];
}

export function indexLines(text: string): LineIndex {
  const starts = [0];
  for (let offset = 0; offset < text.length; offset++) {
    const code = text.charCodeAt(offset);
    if (code === 10 || (code === 13 && text.charCodeAt(offset + 1) !== 10)) starts.push(offset + 1);
  }
  return { text, starts };
}

/** The position of `offset`, which is clamped to the text. */
export function positionAt(index: LineIndex, offset: number): Position {
  const clamped = Math.max(0, Math.min(offset, index.text.length));
  let low = 0;
  let high = index.starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((index.starts[middle] ?? 0) <= clamped) low = middle;
    else high = middle - 1;
  }
  return { line: low, character: clamped - (index.starts[low] ?? 0) };
}

/** The offset of a position; a character past the end of its line gives the end of that line. */
export function offsetAt(index: LineIndex, position: Position): number {
  const start = index.starts[position.line];
  if (start === undefined) return position.line < 0 ? 0 : index.text.length;
  return Math.min(start + Math.max(0, position.character), start + lineText(index, position.line).length);
}

export function rangeOf(index: LineIndex, span: Span): Range {
  return { start: positionAt(index, span.start), end: positionAt(index, span.end) };
}

/** The text of a line from 0, without its line ending; empty past the end. */
export function lineText(index: LineIndex, line: number): string {
  const start = index.starts[line];
  if (start === undefined) return '';
  return index.text.slice(start, index.starts[line + 1] ?? index.text.length).replace(/[\r\n]+$/, '');
}
