import type { Span } from '@groundplan/diagnostics';
import type { Entry, Mapping, Node } from '@groundplan/syntax';

/** A value of the file, with what holds it. */
export interface Place {
  /** Keys and indexes from the root. */
  readonly path: readonly string[];
  readonly node: Node;
  /** Absent at the root and for the items of a list. */
  readonly entry: Entry | undefined;
  /** The map or list that holds it; absent at the root. */
  readonly parent: Place | undefined;
}

/** Finds the places of a file, each in the time of its depth, also in maps of many thousand keys. */
export interface Places {
  /** What a JSON pointer leads to; undefined when it leads nowhere. */
  at(pointer: string): Place | undefined;
  /** The entry `key` of the map at `place`. */
  entry(place: Place, key: string): Entry | undefined;
}

export function placesIn(root: Mapping): Places {
  const known = new Map<string, Place>([['', { path: [], node: root, entry: undefined, parent: undefined }]]);
  const indexes = new Map<Mapping, Map<string, Entry>>();

  const entryOf = (node: Node, key: string): Entry | undefined => {
    if (node.kind !== 'mapping') return undefined;
    let index = indexes.get(node);
    if (index === undefined) {
      index = new Map(node.entries.map((entry) => [entry.key, entry]));
      indexes.set(node, index);
    }
    return index.get(key);
  };

  const at = (pointer: string): Place | undefined => {
    const before = known.get(pointer);
    if (before !== undefined) return before;
    const slash = pointer.lastIndexOf('/');
    const parent = at(pointer.slice(0, slash));
    if (parent === undefined) return undefined;
    const key = pointer
      .slice(slash + 1)
      .replaceAll('~1', '/')
      .replaceAll('~0', '~');
    const entry = entryOf(parent.node, key);
    const node = parent.node.kind === 'sequence' ? parent.node.items[Number(key)] : entry?.value;
    if (node === undefined) return undefined;
    const place = { path: [...parent.path, key], node, entry, parent };
    known.set(pointer, place);
    return place;
  };

  return { at, entry: (place, key) => entryOf(place.node, key) };
}

/** How a message speaks of a place: `apps.web.run`, or `whole` for the root. */
export function pathText(place: Place, whole: string): string {
  let text = '';
  for (let at: Place | undefined = place; at?.parent !== undefined; at = at.parent) {
    const step = at.path.at(-1) ?? '';
    const joined =
      at.parent.node.kind === 'sequence' ? `[${step}]` : at.parent.parent === undefined ? step : `.${step}`;
    text = clip(joined) + text;
  }
  return text === '' ? whole : text;
}

/** The mark for a value: itself, or the key of a value that is not written. */
export function valueSpan(place: Place): Span {
  const { span } = place.node;
  return span.start === span.end && place.entry !== undefined ? place.entry.keySpan : span;
}

/** The mark for something that a map lacks: the key that holds the map, or the first key inside when none does. */
export function holderSpan(place: Place): Span {
  if (place.entry !== undefined) return place.entry.keySpan;
  const first = place.node.kind === 'mapping' ? place.node.entries[0] : undefined;
  if (first !== undefined && !first.merged) return first.keySpan;
  return place.parent === undefined ? { start: place.node.span.start, end: place.node.span.start } : place.node.span;
}

/** Whether the brackets around a map or list are not closed yet: more may come. */
export function isStillOpen(text: string, node: Node): boolean {
  if (node.kind === 'scalar' || !node.flow) return false;
  const { start, end } = node.span;
  const inside = node.kind === 'mapping' ? node.entries.map(({ value }) => value) : node.items;
  // A bracket at the end may be that of the last value.
  const isInner = inside.some((each) => each.span.end === end && each.span.start > start && each.span.start < end);
  return isInner || end - start < 2 || text[end - 1] !== (node.kind === 'mapping' ? '}' : ']');
}

/** Text of the file as a message shows it: one line, not endless. */
export function clip(text: string): string {
  const line = text.replace(/\s+/g, ' ');
  return line.length > 60 ? `${line.slice(0, 59)}…` : line;
}
