import type { Span } from '@groundplan/diagnostics';
import type { Entry, Node } from './nodes.js';

/** The same node in a text in which it stands `by` further on. It holds no node twice: no alias, no merge of one. */
export function movedNode(node: Node, by: number): Node {
  if (by === 0) return node;
  const span = movedSpan(node.span, by);
  switch (node.kind) {
    case 'scalar':
      return { kind: 'scalar', span, value: node.value, source: node.source, style: node.style };
    case 'sequence':
      return { kind: 'sequence', span, items: node.items.map((item) => movedNode(item, by)), flow: node.flow };
    case 'mapping':
      return { kind: 'mapping', span, entries: node.entries.map((entry) => movedEntry(entry, by)), flow: node.flow };
  }
}

export function movedEntry(entry: Entry, by: number): Entry {
  if (by === 0) return entry;
  const { key, keySpan, value, span, merged } = entry;
  return {
    key,
    keySpan: movedSpan(keySpan, by),
    value: movedNode(value, by),
    span: movedSpan(span, by),
    merged,
  };
}

export function movedSpan({ start, end }: Span, by: number): Span {
  return { start: start + by, end: end + by };
}
