import type { PictureNode, Position, Range } from '../messages/messages.js';

/** The ids of the nodes that the innermost part of the file around a position speaks of; empty where no node is. */
export function nodesAt(nodes: readonly PictureNode[], position: Position): readonly string[] {
  // People outside have no part of the file: a click on them leads to the first balancer, but its lines are not about them.
  const around = nodes.filter(({ kind, range }) => kind !== 'internet' && contains(range, position));
  const [first, ...others] = around;
  if (first === undefined) return [];
  const innermost = others.reduce((best, node) => (isWithin(node.range, best.range) ? node : best), first);
  return around.filter(({ range }) => isSame(range, innermost.range)).map(({ id }) => id);
}

function contains({ start, end }: Range, position: Position): boolean {
  return compare(start, position) <= 0 && compare(position, end) <= 0;
}

function isWithin(inner: Range, outer: Range): boolean {
  return compare(outer.start, inner.start) <= 0 && compare(inner.end, outer.end) <= 0;
}

function isSame(one: Range, other: Range): boolean {
  return compare(one.start, other.start) === 0 && compare(one.end, other.end) === 0;
}

function compare(one: Position, other: Position): number {
  return one.line - other.line || one.character - other.character;
}
