import { type Entry, entryOf, type Mapping, type Node, type Sequence } from '@groundplan/syntax';
import { thingsOf } from '../navigation/things.js';
import type { NamedSymbol, OutlineSymbol, SymbolKind } from '../results.js';
import type { Snapshot } from '../snapshot.js';
import { ownEntries, ownItems, ownValue, withoutQuotes } from '../tree/own.js';
import { kindOfSection, sectionOf } from '../tree/sections.js';
import { type Details, detailOf, detailsOf } from './details.js';

interface Reading {
  readonly text: string;
  readonly details: Details;
}

/** The outline: every key in the order of the text, what an alias or a merge brings only where it is written. */
export function documentSymbols({ tree, model }: Snapshot): readonly OutlineSymbol[] {
  return tree.root === undefined ? [] : ofMap({ text: tree.text, details: detailsOf(model) }, tree.root, []);
}

function ofMap(reading: Reading, map: Mapping, path: readonly string[]): OutlineSymbol[] {
  return ownEntries(map).map((entry) => ofEntry(reading, entry, [...path, entry.key]));
}

function ofEntry(reading: Reading, entry: Entry, path: readonly string[]): OutlineSymbol {
  const { alias, keySpan } = entry;
  const value = ownValue(entry);
  const detail =
    alias === undefined ? detailOf(reading.details, path, entry.value) : reading.text.slice(alias.start, alias.end);
  return {
    name: entry.key === '' ? '""' : entry.key,
    ...(detail === undefined || detail === '' ? {} : { detail }),
    kind: kindOf(path, entry.value),
    // A key without a value ends with itself; the key is part of its symbol in any case.
    span: { start: entry.span.start, end: Math.max(entry.span.end, keySpan.end) },
    nameSpan: withoutQuotes(reading.text, keySpan),
    children: value === undefined ? [] : childrenOf(reading, value, path),
  };
}

function childrenOf(reading: Reading, node: Node, path: readonly string[]): OutlineSymbol[] {
  if (node.kind === 'mapping') return ofMap(reading, node, path);
  return node.kind === 'sequence' ? ofList(reading, node, path) : [];
}

/** The maps in a list; texts and numbers are told beside the key of the list. */
function ofList(reading: Reading, list: Sequence, path: readonly string[]): OutlineSymbol[] {
  return ownItems(list).flatMap(({ item, index }) => {
    if (item.kind !== 'mapping') return [];
    const [first] = ownEntries(item);
    const says = first?.value.kind === 'scalar' && first.value.source !== '' ? first.value : undefined;
    return [
      {
        name: says === undefined ? `${index + 1}` : String(says.value),
        kind: 'field' as const,
        span: item.span,
        nameSpan: first === undefined ? item.span : withoutQuotes(reading.text, first.keySpan),
        children: ofMap(reading, item, [...path, String(index)]),
      },
    ];
  });
}

function kindOf(path: readonly string[], node: Node): SymbolKind {
  const kind = kindOfSection(path[0] ?? '');
  if (path.length === 1 && kind !== undefined) return 'namespace';
  if (path.length === 2 && kind !== undefined) return kind === 'region' ? 'namespace' : 'entity';
  if (node.kind === 'mapping') return 'field';
  if (node.kind === 'sequence') return 'list';
  return typeof node.value === 'number' ? 'number' : typeof node.value === 'boolean' ? 'boolean' : 'text';
}

/** Everything with a name of its own, to be found in all files at once: regions, entities, secrets, and the hosts of routes. */
export function namedSymbols(snapshot: Snapshot): readonly NamedSymbol[] {
  const { tree } = snapshot;
  const found = thingsOf(snapshot).flatMap(({ kind, name, target, occurrences }): NamedSymbol[] => {
    const [first] = occurrences;
    if (kind === 'anchor' || first === undefined) return [];
    if (kind === 'host') return [{ name, kind: 'text', span: first.span, container: 'routes' }];
    if (kind === 'secret') return [{ name, kind: 'text', span: first.span, container: 'secrets' }];
    if (target === undefined) return [];
    const isShort = kind === 'region' && entryOf(tree.root, 'regions') === undefined;
    const container = isShort ? 'region' : sectionOf[kind];
    return [{ name, kind: kind === 'region' ? 'namespace' : 'entity', span: target.nameSpan, container }];
  });
  return found.sort((a, b) => a.span.start - b.span.start);
}
