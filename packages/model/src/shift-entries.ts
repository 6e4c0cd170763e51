import type { Edit } from '@groundplan/diagnostics';
import type { Entry, SyntaxTree } from '@groundplan/syntax';
import { endOf, lineStart } from './edits.js';

/**
 * Indents the lines from one entry of a map to another by some columns more, or less when `columns` is negative; undefined where they
 * do not have lines of their own, or cannot be indented so much less.
 */
export function shiftEntries({ text }: SyntaxTree, first: Entry, last: Entry, columns: number): Edit[] | undefined {
  const edits: Edit[] = [];
  const end = endOf(text, last);
  let start = lineStart(text, first.keySpan.start);
  if (!/^ *$/.test(text.slice(start, first.keySpan.start))) return undefined;
  while (start < end) {
    const lineBreak = text.indexOf('\n', start);
    const next = lineBreak < 0 ? text.length : lineBreak + 1;
    const line = text.slice(start, next);
    if (line.trim() !== '') {
      if (columns < 0 && !line.startsWith(' '.repeat(-columns))) return undefined;
      const span = { start, end: start + Math.max(0, -columns) };
      edits.push({ span, newText: ' '.repeat(Math.max(0, columns)) });
    }
    start = next;
  }
  return edits;
}
