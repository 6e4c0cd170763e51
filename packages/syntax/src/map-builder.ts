import type { Span } from '@groundplan/diagnostics';
import { expand, isUnresolved } from './anchors.js';
import type { Entry, Mapping, Node, Scalar } from './nodes.js';
import { add } from './problems.js';
import type { Reader } from './reader.js';

/** A key or a value as it stands in a map. */
export interface Part {
  readonly node: Node;
  /** Where it is written: the alias, when it is one. */
  readonly span: Span;
  readonly isAlias: boolean;
}

export interface MapBuilder {
  readonly entries: Entry[];
  /** By key, once there are so many that looking through them would take long. */
  index: Map<string, Entry> | undefined;
  merge: Entry | undefined;
  readonly incomplete: Scalar[];
}

export function mapBuilder(): MapBuilder {
  return { entries: [], index: undefined, merge: undefined, incomplete: [] };
}

/** Adds an entry, unless its key is none or stands in the map already. */
export function addEntry(reader: Reader, builder: MapBuilder, key: Part, value: Part): void {
  const text = keyText(key.node);
  if (text === undefined) {
    if (!isUnresolved(key.node)) add(reader, 'syntax/key-not-text', key.span, {});
    return;
  }
  const entry: Entry = {
    key: text,
    keySpan: key.span,
    value: value.node,
    span: { start: key.span.start, end: Math.max(key.span.end, value.span.end) },
    merged: false,
    ...(value.isAlias ? { alias: value.span } : {}),
  };
  const isMerge = text === '<<' && key.node.kind === 'scalar' && key.node.style === 'plain';
  const first = isMerge ? builder.merge : find(builder, text);
  if (first !== undefined) {
    add(
      reader,
      'syntax/duplicate-key',
      key.span,
      { key: text },
      {
        related: [{ span: first.keySpan, message: `"${text}" is here first` }],
      },
    );
  } else if (isMerge) builder.merge = entry;
  else push(builder, entry);
}

/** The map, with what its merge key brings. */
export function finishMap(reader: Reader, builder: MapBuilder, span: Span, flow: boolean): Mapping {
  if (builder.merge !== undefined) applyMerge(reader, builder, builder.merge);
  reader.size += 1;
  const { entries, incomplete } = builder;
  return { kind: 'mapping', span, entries, flow, ...(incomplete.length > 0 ? { incomplete } : {}) };
}

/** The text of a key as it is written: numbers keep their digits. */
function keyText(node: Node): string | undefined {
  if (node.kind !== 'scalar' || node.value === null) return undefined;
  return typeof node.value === 'string' ? node.value : node.source;
}

/** By the merge key of YAML: what the map writes itself wins, then what is named first. */
function applyMerge(reader: Reader, builder: MapBuilder, { value, alias }: Entry): void {
  for (const source of value.kind === 'sequence' ? value.items : [value]) {
    if (source.kind !== 'mapping') {
      if (!isUnresolved(source)) add(reader, 'syntax/merge-not-a-map', alias ?? source.span, {});
      continue;
    }
    if (!expand(reader, alias ?? source.span, source.entries.length)) return;
    reader.size += source.entries.length;
    for (const entry of source.entries) {
      if (find(builder, entry.key) === undefined) push(builder, { ...entry, merged: true });
    }
  }
}

function find({ entries, index }: MapBuilder, key: string): Entry | undefined {
  return index === undefined ? entries.find((entry) => entry.key === key) : index.get(key);
}

function push(builder: MapBuilder, entry: Entry): void {
  builder.entries.push(entry);
  if (builder.index !== undefined) builder.index.set(entry.key, entry);
  else if (builder.entries.length > 16) builder.index = new Map(builder.entries.map((each) => [each.key, each]));
}
