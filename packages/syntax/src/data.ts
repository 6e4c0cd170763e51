import type { Node } from './nodes.js';

/**
 * Plain JSON data of a node, for a schema validator. Maps have no prototype, so that `__proto__`, `constructor` and
 * `hasOwnProperty` are ordinary keys in them. A node that aliases repeat becomes one object, seen from several places.
 */
export function toData(node: Node): unknown {
  return dataOf(node, new Map());
}

function dataOf(node: Node, made: Map<Node, unknown>): unknown {
  if (node.kind === 'scalar') return node.value;
  const known = made.get(node);
  if (known !== undefined) return known;
  if (node.kind === 'sequence') {
    const items: unknown[] = [];
    made.set(node, items);
    for (const item of node.items) items.push(dataOf(item, made));
    return items;
  }
  const map: Record<string, unknown> = Object.create(null);
  made.set(node, map);
  for (const { key, value } of node.entries) map[key] = dataOf(value, made);
  return map;
}
