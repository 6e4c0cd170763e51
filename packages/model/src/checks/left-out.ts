import { entryOf, nodeAt, type SyntaxTree } from '@groundplan/syntax';
import type { Sourced } from '../model.js';
import { nearest } from '../nearest.js';
import { isMeant } from './places.js';

/**
 * Whether the map at a path does without a key as its author meant it: it is a map, the key is not there, and no other key is
 * a misspelling of it. Anything else has a diagnostic of its own.
 */
export function isLeftOut({ root }: SyntaxTree, path: readonly string[], key: string): boolean {
  const node = nodeAt(root, path);
  if (node?.kind !== 'mapping' || entryOf(node, key) !== undefined) return false;
  return node.entries.every((entry) => nearest(entry.key, [key]) === undefined);
}

/** Whether a value of the map at `path` is what its author meant: written and understood, or left to its default. */
export function isIntended(tree: SyntaxTree, value: Sourced<unknown>, path: readonly string[], key: string): boolean {
  return value.origin.kind === 'default' ? isLeftOut(tree, path, key) : isMeant(value);
}
