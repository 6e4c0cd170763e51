import { type Entry, entryOf, type Node } from './nodes.js';

export interface Pointed {
  readonly node: Node;
  /** The entry whose value `node` is; absent at the root and for the item of a list. */
  readonly entry?: Entry;
}

/** What a JSON pointer (RFC 6901, such as `/apps/web/env/A~1B`) leads to from `root`; undefined when it leads nowhere. */
export function nodeAtPointer(root: Node, pointer: string): Pointed | undefined {
  if (pointer === '') return { node: root };
  if (!pointer.startsWith('/')) return undefined;
  let at: Pointed = { node: root };
  for (const step of pointer.slice(1).split('/')) {
    const next = childOf(at.node, step.replaceAll('~1', '/').replaceAll('~0', '~'));
    if (next === undefined) return undefined;
    at = next;
  }
  return at;
}

function childOf(node: Node, step: string): Pointed | undefined {
  if (node.kind === 'mapping') {
    const entry = entryOf(node, step);
    return entry && { node: entry.value, entry };
  }
  if (node.kind !== 'sequence' || !/^(?:0|[1-9]\d*)$/.test(step)) return undefined;
  const item = node.items[Number(step)];
  return item && { node: item };
}
