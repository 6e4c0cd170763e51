import type { Edit } from '@groundplan/diagnostics';
import { entryOf, type SyntaxTree } from '@groundplan/syntax';
import { replaceAt, setValue } from '../../edits.js';
import type { Region } from '../../model.js';

/**
 * Writes a value at a path of keys inside a region. A region that is written as its location alone (`helsinki: hel1`) becomes
 * a map first.
 */
export function setInRegion(
  tree: SyntaxTree,
  { name, location }: Region,
  path: readonly string[],
  text: string,
  after?: string,
): readonly Edit[] | undefined {
  const section = entryOf(tree.root, 'regions');
  const entry = section === undefined ? entryOf(tree.root, 'region') : entryOf(section.value, name);
  if (entry === undefined || entry.merged || entry.alias !== undefined) return undefined;
  if (entry.value.kind === 'scalar') {
    const inner = path.reduceRight((value, key) => `{ ${key}: ${value} }`, text).slice(1);
    return replaceAt(entry.value.span, `{ location: ${location.value},${inner}`);
  }
  return setValue(tree, [...(section === undefined ? ['region'] : ['regions', name]), ...path], text, after);
}
