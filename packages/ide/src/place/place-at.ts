import { type Span, touches } from '@groundplan/diagnostics';
import type { Entry, Mapping, Node, Scalar, Sequence, SyntaxTree } from '@groundplan/syntax';
import { ownEntries } from '../tree/own.js';

/** Where in the tree an offset stands. */
export interface Place {
  /** The keys that lead there, a list's items as their indexes. */
  readonly path: readonly string[];
  /** `word`: a key that is being typed and has no colon yet; `path` ends with it. */
  readonly part: 'key' | 'value' | 'word';
  /** The key, the scalar or the word. */
  readonly span: Span;
  /** The innermost entry; absent for a word and in a list at the top. */
  readonly entry: Entry | undefined;
  /** The value of that entry or item, or what holds the word. */
  readonly node: Node;
  /** The map that the entry stands in. */
  readonly map: Mapping | undefined;
}

/** The key or scalar at an offset, its end included; undefined between them. Merged entries are found where they are written. */
export function placeAt(tree: SyntaxTree, offset: number): Place | undefined {
  return tree.root === undefined ? undefined : inMapping(tree.root, [], offset);
}

function inMapping(map: Mapping, path: readonly string[], offset: number): Place | undefined {
  const entry = holding(ownEntries(map), offset);
  if (entry === undefined) {
    const word = map.incomplete?.find(({ span }) => touches(span, offset));
    return word && { path: [...path, word.source], part: 'word', span: word.span, entry: undefined, node: map, map };
  }
  const own = [...path, entry.key];
  if (touches(entry.keySpan, offset)) {
    return { path: own, part: 'key', span: entry.keySpan, entry, node: entry.value, map };
  }
  if (entry.alias !== undefined) {
    return touches(entry.alias, offset)
      ? { path: own, part: 'value', span: entry.alias, entry, node: entry.value, map }
      : undefined;
  }
  return inNode(entry.value, own, offset, entry, map);
}

function inNode(
  node: Node,
  path: readonly string[],
  offset: number,
  entry: Entry | undefined,
  map: Mapping | undefined,
): Place | undefined {
  switch (node.kind) {
    case 'scalar':
      return scalarPlace(node, path, offset, entry, map);
    case 'mapping':
      return inMapping(node, path, offset);
    case 'sequence':
      return inSequence(node, path, offset, entry, map);
  }
}

function scalarPlace(
  node: Scalar,
  path: readonly string[],
  offset: number,
  entry: Entry | undefined,
  map: Mapping | undefined,
): Place | undefined {
  return node.source !== '' && touches(node.span, offset)
    ? { path, part: 'value', span: node.span, entry, node, map }
    : undefined;
}

function inSequence(
  node: Sequence,
  path: readonly string[],
  offset: number,
  entry: Entry | undefined,
  map: Mapping | undefined,
): Place | undefined {
  const item = holding(node.items, offset);
  return item && inNode(item, [...path, String(node.items.indexOf(item))], offset, entry, map);
}

/** What holds the offset, else what ends there: of two that stand side by side, the one behind. */
function holding<T extends { readonly span: Span }>(parts: readonly T[], offset: number): T | undefined {
  return (
    parts.find(({ span }) => span.start <= offset && offset < span.end) ??
    parts.find(({ span }) => touches(span, offset))
  );
}
