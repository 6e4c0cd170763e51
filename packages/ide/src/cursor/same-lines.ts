import { changedPart } from '@groundplan/syntax';
import type { Lexeme } from './flow.js';
import type { KeyText, Line, ValueText } from './lines.js';

/** A text in which no brackets stay open, with its lines. */
export interface Table {
  readonly text: string;
  readonly lines: readonly Line[];
}

/** Of the lines of one text those that another one has as well. */
export interface SameLines {
  /** The first lines. */
  readonly before: readonly Line[];
  /**
   * The lines from the one at `index` on, when all from there on are the same.
   *
   * @param start where the line begins; nothing above goes on in it
   */
  readonly after: (index: number, start: number) => readonly Line[] | undefined;
}

/** The lines that need not be read again: those whose meaning does not depend on what is different. */
export function sameLines({ text: old, lines }: Table, text: string): SameLines | undefined {
  const change = changedPart(old, text);
  const by = text.length - old.length;
  const before = firstChanged(lines, change.start);
  if (before === undefined) return undefined;
  return {
    before: lines.slice(0, before),
    after: (index, start) => {
      // The line break in front is the same as well.
      if (start <= change.newEnd) return undefined;
      const from = indexOfStart(lines, start - by);
      if (from === undefined || lines[from]?.kind === 'inside') return undefined;
      return lines.slice(from).map((line) => moved(line, by, index - from));
    },
  };
}

/** The first line that has to be read again; undefined when a quote above it is open, whose end may be anywhere. */
function firstChanged(lines: readonly Line[], change: number): number | undefined {
  let first = 0;
  /** The last line above that holds something of its own. */
  let above: number | undefined;
  for (let index = 0; index < lines.length; index++) {
    const line = lines[index];
    if (line === undefined || line.start > change) break;
    if (line.kind === 'inside') continue;
    if (lines[first]?.kind === 'content' && index > 0) above = first;
    first = index;
    if (hasOpenQuote(line)) return undefined;
  }
  // Where a block of text ends is told by the line below it.
  return above !== undefined && lines[above]?.value?.kind === 'block' ? above : first;
}

function hasOpenQuote({ value }: Line): boolean {
  if (value?.kind === 'scalar') return !value.closed;
  return value?.kind === 'flow' && value.lexemes.some((lexeme) => lexeme.kind === 'scalar' && !lexeme.closed);
}

function indexOfStart(lines: readonly Line[], start: number): number | undefined {
  let low = 0;
  let high = lines.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((lines[middle]?.start ?? 0) <= start) low = middle;
    else high = middle - 1;
  }
  return lines[low]?.start === start ? low : undefined;
}

/** The same line `by` further on in a text, and so many lines further down. */
function moved(line: Line, by: number, down: number): Line {
  const { start, end, kind, column, dashes, opener, key, value } = line;
  if (by === 0 && (down === 0 || opener === undefined)) return line;
  // Assigned one by one: there is one for nearly every line of the text, and spreading each takes five times as long.
  const made: { -readonly [K in keyof Line]: Line[K] } = { kind, start: start + by, end: end + by, column, dashes };
  if (opener !== undefined) made.opener = opener + down;
  if (key !== undefined) made.key = movedKey(key, by);
  if (value !== undefined) made.value = movedValue(value, by);
  return made;
}

function movedKey({ start, end, column, text, lacks }: KeyText, by: number): KeyText {
  return { start: start + by, end: end + by, column, text, lacks };
}

function movedValue(value: ValueText, by: number): ValueText {
  const { kind } = value;
  const start = value.start + by;
  const end = value.end + by;
  switch (kind) {
    case 'scalar':
      return { kind, start, end, quote: value.quote, closed: value.closed };
    case 'flow':
      return { kind, start, end, closed: value.closed, lexemes: value.lexemes.map((each) => movedLexeme(each, by)) };
    case 'block':
    case 'alias':
      return { kind, start, end };
  }
}

function movedLexeme(lexeme: Lexeme, by: number): Lexeme {
  return { ...lexeme, start: lexeme.start + by, end: lexeme.end + by };
}
