import type { Span } from '@groundplan/diagnostics';
import type { Entry, Mapping, Node, Scalar, Sequence } from '@groundplan/syntax';

/*
 * A node that an alias or a merge repeats stands in several places of the tree, but only once in the text. What shows the text, rather
 * than its meaning, looks at the places where it is written.
 */

/** The entries that are written in the map itself, not those that a merge brings. */
export function ownEntries(map: Mapping): readonly Entry[] {
  return map.entries.some(({ merged }) => merged) ? map.entries.filter(({ merged }) => !merged) : map.entries;
}

/** The value of an entry, if it is written there and not somewhere else under an anchor. */
export function ownValue({ value, alias }: Entry): Node | undefined {
  return alias === undefined ? value : undefined;
}

/** The items that are written in the list itself, with their indexes. */
export function ownItems(list: Sequence): readonly { readonly item: Node; readonly index: number }[] {
  const found: { item: Node; index: number }[] = [];
  let end = list.span.start;
  for (const [index, item] of list.items.entries()) {
    if (item.span.start < end || item.span.end > list.span.end) continue;
    found.push({ item, index });
    end = Math.max(item.span.end, item.span.start + 1);
  }
  return found;
}

/** A span without the quotes that stand at both of its ends, if they do. */
export function withoutQuotes(text: string, { start, end }: Span): Span {
  const quote = text[start];
  const isQuoted = end - start >= 2 && (quote === '"' || quote === "'") && text[end - 1] === quote;
  return isQuoted ? { start: start + 1, end: end - 1 } : { start, end };
}

/** What a scalar says, without its quotes; a block of text as a whole. */
export function contentOf(text: string, node: Scalar): Span {
  return node.style === 'single' || node.style === 'double' ? withoutQuotes(text, node.span) : node.span;
}

export function isBlockText(node: Node): boolean {
  return node.kind === 'scalar' && (node.style === 'literal' || node.style === 'folded');
}

export function holds(outer: Span, inner: Span): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
}
