import type { Edit, Span } from '@groundplan/diagnostics';
import type { Node, SyntaxTree } from '@groundplan/syntax';

/**
 * Removes an item of a list in brackets with the comma beside it, or one of a list in lines with its line. Undefined for the
 * only item, and for one that an alias brings, which is written elsewhere.
 */
export function removeItem(
  { text }: SyntaxTree,
  list: Node | undefined,
  matches: (span: Span) => boolean,
): readonly Edit[] | undefined {
  if (list?.kind !== 'sequence' || list.items.length < 2) return undefined;
  const index = list.items.findIndex(({ span }) => matches(span));
  const item = list.items[index];
  if (item === undefined || item.span.start < list.span.start || item.span.end > list.span.end) return undefined;
  const span = list.flow ? inBrackets(text, item.span) : inLines(text, item.span);
  return span && [{ span, newText: '' }];
}

function inBrackets(text: string, { start, end }: Span): Span | undefined {
  const behind = /^[ \t]*,[ \t]*/.exec(text.slice(end));
  if (behind !== null) return { start, end: end + behind[0].length };
  const ahead = /,\s*$/.exec(text.slice(0, start));
  return ahead === null ? undefined : { start: ahead.index, end };
}

function inLines(text: string, { start, end }: Span): Span | undefined {
  const lineStart = text.lastIndexOf('\n', start - 1) + 1;
  if (!/^ *- +$/.test(text.slice(lineStart, start))) return undefined;
  const lineEnd = text.indexOf('\n', end);
  return { start: lineStart, end: lineEnd < 0 ? text.length : lineEnd + 1 };
}
