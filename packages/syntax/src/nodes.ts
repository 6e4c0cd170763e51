import type { LineIndex, Span } from '@groundplan/diagnostics';

/** A value of a topology as it is written. The same node stands in several places when an alias or a merge repeats it. */
export type Node = Scalar | Sequence | Mapping;

export interface Scalar {
  readonly kind: 'scalar';
  /** With its quotes. Empty, where the value would begin, for a key without a value. */
  readonly span: Span;
  /** By YAML 1.2's core schema: `yes`, `no`, `off` and dates are text. */
  readonly value: string | number | boolean | null;
  /** As it is written between `span`'s ends; numbers keep their digits here. */
  readonly source: string;
  readonly style: 'plain' | 'single' | 'double' | 'literal' | 'folded';
}

export interface Sequence {
  readonly kind: 'sequence';
  readonly span: Span;
  readonly items: readonly Node[];
  readonly flow: boolean;
}

export interface Mapping {
  readonly kind: 'mapping';
  readonly span: Span;
  /** In the order they are written, merged ones last; a key stands here once: where it is written twice, the first one (the second is a diagnostic). */
  readonly entries: readonly Entry[];
  readonly flow: boolean;
  /** Words without a colon that stand where a key would: a key that is being typed. They are no entries. */
  readonly incomplete?: readonly Scalar[];
}

export interface Entry {
  readonly key: string;
  /** Of the key with its quotes, where it is written: for a merged entry in the map that was merged. */
  readonly keySpan: Span;
  readonly value: Node;
  /** From the start of the key to the end of the value. */
  readonly span: Span;
  /** Where the alias stands, when the value is one (`a: *b`); `value` is then the anchor's node. */
  readonly alias?: Span;
  /** True when the entry came by a merge key `<<`. */
  readonly merged: boolean;
}

/** A comment without its line break; `span` begins at the `#`. */
export interface Comment {
  readonly span: Span;
  readonly text: string;
}

/** `# groundplan-ignore-next-line CODE[, CODE…]: reason` */
export interface Suppression {
  readonly span: Span;
  readonly codes: readonly { readonly code: string; readonly span: Span }[];
  readonly reason: string | undefined;
  /** The line from 0 that it speaks of: the next one that is neither empty nor a comment. */
  readonly line: number;
}

export interface SyntaxTree {
  readonly text: string;
  readonly lines: LineIndex;
  /** Absent when the text holds no map at all. */
  readonly root: Mapping | undefined;
  readonly comments: readonly Comment[];
  readonly suppressions: readonly Suppression[];
}

/** The entry of `key`, also for keys such as `__proto__`. */
export function entryOf(node: Node | undefined, key: string): Entry | undefined {
  if (node?.kind !== 'mapping') return undefined;
  if (node.entries.length <= 16) return node.entries.find((entry) => entry.key === key);
  let index = indexes.get(node);
  if (index === undefined) {
    index = new Map(node.entries.map((entry) => [entry.key, entry]));
    indexes.set(node, index);
  }
  return index.get(key);
}

/** By key, the entries of the maps that are too large to look through at each question. */
const indexes = new WeakMap<Mapping, ReadonlyMap<string, Entry>>();

/** The node at a path of keys and indexes, if there is one. */
export function nodeAt(node: Node | undefined, path: readonly (string | number)[]): Node | undefined {
  let at = node;
  for (const step of path) {
    if (at?.kind === 'mapping') at = entryOf(at, String(step))?.value;
    else if (at?.kind === 'sequence') at = at.items[Number(step)];
    else return undefined;
  }
  return at;
}
