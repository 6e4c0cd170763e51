import { positionAt } from '@groundplan/diagnostics';
import { type Entry, entryOf, type Mapping, type SyntaxTree } from '@groundplan/syntax';

/**
 * Where a hint about an entry stands: behind a value of one line, else behind what opens it, `web:` or `web: {`. Undefined for an
 * entry that is merged, which is not written where it holds.
 */
export function hintOffset(tree: SyntaxTree, entry: Entry): number | undefined {
  if (entry.merged) return undefined;
  if (entry.alias !== undefined) return entry.alias.end;
  const { value } = entry;
  const first = positionAt(tree.lines, entry.keySpan.start).line;
  if (positionAt(tree.lines, entry.span.end).line === first) return Math.max(entry.span.end, afterColon(tree, entry));
  return value.kind !== 'scalar' && value.flow && positionAt(tree.lines, value.span.start).line === first
    ? value.span.start + 1
    : afterColon(tree, entry);
}

function afterColon({ text }: SyntaxTree, { keySpan }: Entry): number {
  const colon = /^[ \t]*:/.exec(text.slice(keySpan.end, keySpan.end + 8));
  return keySpan.end + (colon?.[0].length ?? 0);
}

/** The entry at a path of keys, if every key on the way is written in place. */
export function entryAt(root: Mapping | undefined, path: readonly string[]): Entry | undefined {
  let map = root;
  let entry: Entry | undefined;
  for (const key of path) {
    entry = entryOf(map, key);
    if (entry === undefined || entry.merged) return undefined;
    map = entry.value.kind === 'mapping' ? entry.value : undefined;
  }
  return entry;
}
