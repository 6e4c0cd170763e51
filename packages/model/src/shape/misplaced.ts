import type { Fix } from '@groundplan/diagnostics';
import type { Entry, SyntaxTree } from '@groundplan/syntax';
import { fix } from '../edits.js';
import { shiftEntries } from '../shift-entries.js';
import { columnOf, isOff } from './misindented.js';
import { type Place, pathText } from './place.js';
import type { SchemaNode } from './schema-node.js';

/** Where an unknown key belongs, in the words of its diagnostic, with the fix that brings it there. */
export interface Misplaced {
  /** A map further out, which has such a key. */
  readonly outside?: string;
  /** The section before it, which holds nothing. */
  readonly section?: string;
  readonly fixes: readonly Fix[];
}

interface Looking {
  readonly tree: SyntaxTree;
  readonly whole: string;
  /** The node of the schema at a path, where one is known. */
  readonly schemaAt: (path: readonly string[]) => SchemaNode | undefined;
}

/** Where a key belongs that its map does not have: further out, or into the section above, for want of indentation. */
export function misplaced(looking: Looking, place: Place, entry: Entry): Misplaced | undefined {
  return (entry.merged ? undefined : outwards(looking, place, entry)) ?? inwards(looking, place, entry);
}

function outwards({ tree, whole, schemaAt }: Looking, place: Place, entry: Entry): Misplaced | undefined {
  // Only the last lines of all maps on the way come to stand where they belong when they are indented less.
  let isLast = lastOf(place) === entry;
  for (let holder = place.parent, inner = place; holder !== undefined; inner = holder, holder = holder.parent) {
    const { node } = holder;
    const isKnown = Object.hasOwn(schemaAt(holder.path)?.properties ?? {}, entry.key);
    if (isKnown && node.kind === 'mapping' && node.entries.every(({ key }) => key !== entry.key)) {
      const columns = inner.entry === undefined ? 0 : columnOf(tree, inner.entry) - columnOf(tree, entry);
      const edits = isLast && columns < 0 ? shiftEntries(tree, entry, entry, columns) : undefined;
      return { outside: pathText(holder, whole), fixes: fix(`Indent ${entry.key} less`, edits) };
    }
    isLast &&= node.kind === 'mapping' && lastOf(holder) === inner.entry;
  }
  return undefined;
}

function inwards(looking: Looking, place: Place, entry: Entry): Misplaced | undefined {
  const { tree } = looking;
  const section = emptySection(looking, place, entry);
  if (section === undefined) return undefined;
  const strays = straysBehind(looking, place, section);
  const [first, last] = [strays[0] ?? entry, strays.at(-1) ?? entry];
  const title = `Indent ${strays.length > 1 ? 'them' : 'it'} under ${section.key}`;
  return { section: section.key, fixes: fix(title, shiftEntries(tree, first, last, 2)) };
}

/** The section right before an unknown key, and others like it, that takes entries by name and has none. */
function emptySection(looking: Looking, place: Place, entry: Entry): Entry | undefined {
  if (place.node.kind !== 'mapping' || place.node.flow || entry.merged) return undefined;
  const { entries } = place.node;
  const before = entries.slice(0, entries.indexOf(entry)).findLast(({ key }) => isKnownKey(looking, place, key));
  return before !== undefined && isEmptySection(looking, place, before) ? before : undefined;
}

/** Whether what belongs into a section stands behind it without indentation: then it is not the section that is wrong. */
export function isMissingIndentation(looking: Looking, { parent, entry }: Place): boolean {
  if (parent === undefined || entry === undefined || !isEmptySection(looking, parent, entry)) return false;
  return straysBehind(looking, parent, entry).length > 0;
}

function isEmptySection({ schemaAt }: Looking, { path, node }: Place, { key, value, alias, merged }: Entry): boolean {
  const isEmpty = value.kind === 'scalar' && value.source === '' && alias === undefined && !merged;
  const isBlock = node.kind === 'mapping' && !node.flow;
  return isEmpty && isBlock && typeof schemaAt([...path, key])?.additionalProperties === 'object';
}

/** The unknown keys with maps that follow a section, in line with it. */
function straysBehind(looking: Looking, place: Place, section: Entry): readonly Entry[] {
  const { node } = place;
  if (node.kind !== 'mapping') return [];
  const behind = node.entries.slice(node.entries.indexOf(section) + 1);
  const end = behind.findIndex((entry) => {
    const isNoMap = entry.merged || entry.value.kind !== 'mapping';
    return isNoMap || isKnownKey(looking, place, entry.key) || isOff(looking, node, entry);
  });
  return end < 0 ? behind : behind.slice(0, end);
}

function isKnownKey({ schemaAt }: Looking, { path }: Place, key: string): boolean {
  return Object.hasOwn(schemaAt(path)?.properties ?? {}, key);
}

function lastOf({ node }: Place): Entry | undefined {
  return node.kind === 'mapping' && !node.flow ? node.entries.at(-1) : undefined;
}
