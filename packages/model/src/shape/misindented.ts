import type { Entry, Mapping, SyntaxTree } from '@groundplan/syntax';
import { lineStart } from '../edits.js';
import type { Place } from './place.js';
import type { SchemaNode } from './schema-node.js';

/*
 * A line with the wrong indentation takes those behind it into another map, where each of them looks wrong. They are one mistake, which
 * has its diagnostic where it was made: the indentation itself, or the key that is left with nothing.
 */

interface Looking {
  readonly tree: SyntaxTree;
  readonly schemaAt: (path: readonly string[]) => SchemaNode | undefined;
}

/** Above this many keys a map is no topology any more, and looking through it for each of them would take long. */
const mostKeys = 1000;

/** Whether what is wrong with a value may only follow from the indentation of its line, or of one that it is under. */
export function isUnderWrongIndentation(looking: Looking, place: Place): boolean {
  for (let at: Place | undefined = place; at?.parent !== undefined; at = at.parent) {
    if (at.entry !== undefined && hasWrongIndentation(looking, at.parent, at.entry)) return true;
  }
  return false;
}

/** Whether an entry is out of line, or the one that others behind it are out of line with; or belongs to one above that has nothing. */
export function hasWrongIndentation(looking: Looking, holder: Place, entry: Entry): boolean {
  const map = blockOf(holder);
  if (map === undefined || entry.merged) return false;
  const index = map.entries.indexOf(entry);
  const next = map.entries[index + 1];
  return (
    isOff(looking, map, entry) ||
    (next !== undefined && isOff(looking, map, next)) ||
    isStray(looking, holder, map, index)
  );
}

/** Whether an entry of the map is out of line, so that nobody knows what else belongs to it. */
export function isRagged(looking: Looking, place: Place): boolean {
  const map = blockOf(place);
  return map?.entries.some((entry) => isOff(looking, map, entry)) === true;
}

/** Whether an entry begins in another column than the first of its map. */
export function isOff({ tree }: Pick<Looking, 'tree'>, { entries }: Mapping, entry: Entry): boolean {
  const first = entries.find(({ merged }) => !merged);
  return first !== undefined && !entry.merged && columnOf(tree, first) !== columnOf(tree, entry);
}

/** Whether an entry would be at home in one before it that holds nothing, as are all between the two. */
function isStray({ schemaAt }: Looking, { path }: Place, { entries }: Mapping, index: number): boolean {
  const { key = '' } = entries[index] ?? {};
  const between = new Set([key]);
  for (const before of entries.slice(0, index).reverse()) {
    if (isNothing(before)) {
      const known = schemaAt([...path, before.key])?.properties;
      return known !== undefined && [...between].every((each) => Object.hasOwn(known, each));
    }
    between.add(before.key);
  }
  return false;
}

/** The entries behind one that holds nothing, in line with it, that would be at home in it. */
export function straysOf(looking: Looking, { parent, entry, path }: Place): readonly Entry[] {
  const map = parent && blockOf(parent);
  const known = looking.schemaAt(path)?.properties;
  if (map === undefined || entry === undefined || known === undefined || !isNothing(entry)) return [];
  const behind = map.entries.slice(map.entries.indexOf(entry) + 1);
  const end = behind.findIndex((each) => each.merged || !Object.hasOwn(known, each.key) || isOff(looking, map, each));
  return end < 0 ? behind : behind.slice(0, end);
}

function isNothing({ value, alias, merged }: Entry): boolean {
  return value.kind === 'scalar' && value.source === '' && alias === undefined && !merged;
}

function blockOf({ node }: Place): Mapping | undefined {
  return node.kind === 'mapping' && !node.flow && node.entries.length <= mostKeys ? node : undefined;
}

/** The column that an entry's key begins in. */
export function columnOf({ text }: SyntaxTree, { keySpan: { start } }: Entry): number {
  return start - lineStart(text, start);
}
