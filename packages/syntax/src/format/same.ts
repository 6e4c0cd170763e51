import type { Node, SyntaxTree } from '../nodes.js';
import { withoutTrailingSpace } from '../white-space.js';

/** True when two texts say the same: the same values under the same keys in the same order, and the same comments. */
export function sayTheSame(a: SyntaxTree, b: SyntaxTree): boolean {
  if (a.root === undefined || b.root === undefined) return a.root === b.root;
  return (
    a.comments.length === b.comments.length &&
    a.comments.every(
      ({ text }, index) => withoutTrailingSpace(text) === withoutTrailingSpace(b.comments[index]?.text ?? ''),
    ) &&
    isSame(a.root, b.root, new Map())
  );
}

function isSame(a: Node, b: Node, compared: Map<Node, Node>): boolean {
  if (compared.get(a) === b) return true;
  compared.set(a, b);
  switch (a.kind) {
    case 'scalar':
      return b.kind === 'scalar' && Object.is(a.value, b.value) && a.style === b.style;
    case 'sequence':
      return (
        b.kind === 'sequence' &&
        a.items.length === b.items.length &&
        a.items.every((item, index) => isSame(item, b.items[index] as Node, compared))
      );
    case 'mapping':
      return (
        b.kind === 'mapping' &&
        a.entries.length === b.entries.length &&
        a.entries.every((entry, index) => {
          const other = b.entries[index];
          return other !== undefined && entry.key === other.key && isSame(entry.value, other.value, compared);
        })
      );
  }
}
