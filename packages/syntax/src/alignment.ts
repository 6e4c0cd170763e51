import { add } from './problems.js';
import type { Reader } from './reader.js';
import { isTabbed } from './tabs.js';
import type { Token } from './tokens.js';
import { isBlank } from './white-space.js';

/** Watches that the entries of one map or list begin in the same column. */
export interface Alignment {
  /** Is told of the first token of each entry. */
  at(token: Token): void;
  /** Is told when the map or list is over. */
  close(): void;
}

/** Lines next to each other that are out by the same are one mistake, and one fix moves them all. */
export function alignment(reader: Reader, column: number): Alignment {
  let first: Token | undefined;
  const close = () => {
    if (first !== undefined) report(reader, first, column);
    first = undefined;
  };
  return {
    at(token) {
      if (first !== undefined && first.column === token.column) return;
      close();
      if (token.column !== column && !isTabbed(reader, token) && reader.brokenLine !== token.lineStart) first = token;
    },
    close,
  };
}

/** The lines from that of `first` to the one before what is looked at now. */
function report(reader: Reader, first: Token, column: number): void {
  const { token, text } = reader;
  if (reader.brokenLine === first.lineStart) return;
  const end = token.kind === 'end' ? text.length : token.lineStart;
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
