import type { Span } from '@groundplan/diagnostics';
import { add } from './problems.js';
import type { Reader } from './reader.js';
import { isTabbed } from './tabs.js';
import type { Token } from './tokens.js';
import { isBlank } from './white-space.js';

/** Watches that the entries of one map or list begin in the same column. */
export interface Alignment {
  /** Is told of the first token of each entry but the first. */
  at(token: Token): void;
  /** Is told when the map or list is over. */
  close(): void;
}

/** The place of a token, which is not to be kept itself. */
interface Start extends Span {
  readonly lineStart: number;
  readonly column: number;
}

/** Lines next to each other that are out by the same are one mistake, and one fix moves them all. */
export function alignment(reader: Reader, column: number): Alignment {
  let first: Token | undefined;
  /** The last entry in line behind the first one, until it is known whether it is the one that is wrong. */
  let before: Start | undefined;
  /** That entry is the one that is wrong, and what follows it is out of line for that alone. */
  let isExcused = false;
  const close = () => {
    if (first !== undefined && !isExcused) {
      isExcused = before !== undefined && fellOut(reader, before, first);
      if (before !== undefined && isExcused) {
        reportLines(reader, before, first.column, startOfComments(reader.text, first.lineStart));
      } else report(reader, first, column);
      before = undefined;
    }
    first = undefined;
  };
  return {
    at(token) {
      if (first !== undefined && first.column === token.column) return;
      close();
      if (token.column === column) {
        const { start, end, lineStart } = token;
        before = { start, end, lineStart, column };
        isExcused = false;
      } else if (!isTabbed(reader, token) && reader.brokenLine !== token.lineStart) first = token;
    },
    close,
  };
}

/**
 * Whether the line above an entry begins in the column that the lines behind it go on in, with no empty line between: then the entry is
 * what is out of line.
 */
function fellOut({ text }: Reader, { lineStart }: Start, { lineStart: next, column }: Token): boolean {
  if (/\n[ \r]*\n/.test(text.slice(lineStart, next))) return false;
  const end = startOfComments(text, lineStart) - 1;
  const above = text.lastIndexOf('\n', end - 1) + 1;
  const [, indent = '', mark] = /^( *)(\S)?/.exec(text.slice(above, Math.min(end, above + 1024))) ?? [];
  return mark !== undefined && indent.length === column;
}

/** Where the comments begin that stand on the lines right above a line. */
function startOfComments(text: string, lineStart: number): number {
  let at = lineStart;
  while (at > 0) {
    const above = text.lastIndexOf('\n', at - 2) + 1;
    if (!/^ *#/.test(text.slice(above, at))) return at;
    at = above;
  }
  return at;
}

/** The lines from that of `first` to the one before what is looked at now. */
function report(reader: Reader, first: Token, column: number): void {
  const { token, text } = reader;
  if (reader.brokenLine === first.lineStart) return;
  reportLines(reader, first, column, token.kind === 'end' ? text.length : token.lineStart);
}

/** The lines from that of `first` up to `end` should begin in another column. */
function reportLines(reader: Reader, first: Start, column: number, end: number): void {
  const { text } = reader;
  const shift = column - first.column;
  const edits = [];
  for (let start = first.lineStart; start < end; ) {
    const next = text.indexOf('\n', start) + 1 || text.length + 1;
    const indent = /^ */.exec(text.slice(start, Math.min(next, start + 1024)))?.[0].length ?? 0;
    if (!isBlank(text.slice(start + indent, next))) {
      const span = { start, end: shift > 0 ? start : start + Math.min(indent, -shift) };
      edits.push({ span, newText: shift > 0 ? ' '.repeat(shift) : '' });
    }
    start = next;
  }
  add(
    reader,
    'syntax/indentation',
    { start: first.start, end: first.start + (/^.*/.exec(text.slice(first.start, first.end))?.[0].length ?? 0) },
    { found: first.column, expected: column },
    { fixes: [{ title: `Indent by ${column}`, edits }] },
  );
}
