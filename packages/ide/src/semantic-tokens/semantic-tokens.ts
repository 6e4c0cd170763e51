import { compareSpans, type Span } from '@groundplan/diagnostics';
import { childSchema, type SchemaNode, topologySchema } from '@groundplan/model/language';
import { type Mapping, type Node, type Scalar, type Sequence, scanInterpolations } from '@groundplan/syntax';
import { templatesOf } from '../navigation/here.js';
import { thingsOf } from '../navigation/things.js';
import type { SemanticToken, semanticTokenModifiers, semanticTokenTypes } from '../results.js';
import type { Snapshot } from '../snapshot.js';
import { ownEntries, ownItems, ownValue, withoutQuotes } from '../tree/own.js';
import { scalarToken } from './scalar-token.js';

type Type = (typeof semanticTokenTypes)[number];
type Modifier = (typeof semanticTokenModifiers)[number];

/** Takes a token; what another token has taken before keeps it. */
type Add = (span: Span, type: Type, ...modifiers: readonly Modifier[]) => void;

/**
 * What the words of the text mean, for colours: names where they are declared and used, the kinds and outputs of references, keys and
 * values of the language, server types that are no longer sold. Sorted, without overlaps, each within one line. Texts of the user's own
 * have none. With `span`, those that it touches.
 */
export function semanticTokens(snapshot: Snapshot, span?: Span): readonly SemanticToken[] {
  const { tree } = snapshot;
  const wanted = span ?? { start: 0, end: tree.text.length };
  const found: SemanticToken[] = [];
  const add: Add = (place, type, ...modifiers) => {
    if (place.end > place.start && isWanted(place, wanted)) found.push({ span: place, type, modifiers });
  };
  addNames(snapshot, add);
  addSuppressions(snapshot, add);
  const templates = new Set(templatesOf(snapshot.model).map((template) => template.span.start));
  if (tree.root !== undefined) addMap({ snapshot, add, wanted, templates }, tree.root, topologySchema);
  return withoutOverlaps(tree.text, found);
}

function isWanted({ start, end }: Span, wanted: Span): boolean {
  return start <= wanted.end && wanted.start <= end;
}

/** In the order of the text; of two that overlap, the one that was found first. */
function withoutOverlaps(text: string, found: readonly SemanticToken[]): SemanticToken[] {
  const order = new Map(found.map((token, index) => [token, index]));
  const sorted = [...found].sort((a, b) => compareSpans(a.span, b.span) || (order.get(a) ?? 0) - (order.get(b) ?? 0));
  const kept: SemanticToken[] = [];
  for (const token of sorted) {
    const before = kept.at(-1);
    if (/[\r\n]/.test(text.slice(token.span.start, token.span.end))) continue;
    if (before === undefined || before.span.end <= token.span.start) kept.push(token);
    else if ((order.get(token) ?? 0) < (order.get(before) ?? 0)) kept[kept.length - 1] = token;
  }
  return kept;
}

function addNames(snapshot: Snapshot, add: Add): void {
  const { tree, model } = snapshot;
  for (const { kind, occurrences } of thingsOf(snapshot)) {
    if (kind === 'anchor' || kind === 'host') continue;
    for (const { span, whole, declares, output } of occurrences) {
      const text = tree.text.slice(whole.start, whole.end);
      if (kind === 'region') add(span, 'namespace', ...(declares ? (['declaration'] as const) : []));
      else if (kind === 'secret') add(span, 'variable', 'readonly');
      else add(span, 'variable', ...(declares ? (['declaration'] as const) : []));
      const lead = declares ? null : /^["']?([a-z_]+)\./.exec(text);
      if (lead !== null && whole.start < span.start) {
        const start = whole.start + lead[0].length - (lead[1]?.length ?? 0) - 1;
        add({ start, end: start + (lead[1]?.length ?? 0) }, 'keyword');
      }
      if (output !== undefined && text.endsWith(`.${output}`)) {
        add({ start: whole.end - output.length, end: whole.end }, 'property', 'readonly');
      }
    }
  }
  for (const { parts } of templatesOf(model)) {
    for (const part of parts) {
      if (part.kind !== 'here') continue;
      const dot = part.span.end - part.output.length;
      add({ start: part.span.start, end: dot - 1 }, 'keyword');
      add({ start: dot, end: part.span.end }, 'property', 'readonly');
    }
  }
}

/** The codes in comments that ignore a diagnostic, with the word that makes them do so. */
function addSuppressions({ tree }: Snapshot, add: Add): void {
  for (const { span, codes } of tree.suppressions) {
    const word = /groundplan-ignore-next-line/.exec(tree.text.slice(span.start, span.end));
    if (word !== null) {
      const start = span.start + word.index;
      add({ start, end: start + word[0].length }, 'keyword');
    }
    for (const { span: code } of codes) add(code, 'enumMember');
  }
}

interface Walk {
  readonly snapshot: Snapshot;
  readonly add: Add;
  readonly wanted: Span;
  /** Where texts begin in which `${…}` stands for something. */
  readonly templates: ReadonlySet<number>;
}

function addMap(walk: Walk, map: Mapping, schema: SchemaNode | undefined): void {
  for (const entry of ownEntries(map)) {
    if (!isWanted(entry.span, walk.wanted)) continue;
    const isField = schema?.properties !== undefined && Object.hasOwn(schema.properties, entry.key);
    const below = schema && childOf(schema, entry.key);
    const key = withoutQuotes(walk.snapshot.tree.text, entry.keySpan);
    if (isField) walk.add(key, 'property');
    // Names that the user gives: of environment variables, labels, files, hosts.
    else if (below !== undefined) walk.add(key, /^[\w-]+$/.test(entry.key) ? 'variable' : 'string');
    const value = ownValue(entry);
    if (value !== undefined) addNode(walk, value, below);
  }
}

function addNode(walk: Walk, node: Node, schema: SchemaNode | undefined): void {
  switch (node.kind) {
    case 'mapping':
      addMap(walk, node, schema);
      return;
    case 'sequence':
      addList(walk, node, schema);
      return;
    case 'scalar':
      addScalar(walk, node, schema);
  }
}

function addScalar({ snapshot, add, templates }: Walk, node: Scalar, schema: SchemaNode | undefined): void {
  if (!templates.has(node.span.start)) {
    const token = schema && scalarToken(snapshot.catalog, schema, node);
    if (token !== undefined) add(withoutQuotes(snapshot.tree.text, node.span), token.type, ...token.modifiers);
  } else if (typeof node.value === 'string' && node.value.includes('${')) {
    for (const part of scanInterpolations(node)) {
      if (part.kind !== 'interpolation') continue;
      add({ start: part.span.start, end: part.span.start + 2 }, 'operator');
      add({ start: part.span.end - 1, end: part.span.end }, 'operator');
    }
  }
}

function addList(walk: Walk, list: Sequence, schema: SchemaNode | undefined): void {
  const below = schema?.items === undefined ? undefined : childOf(schema, '0');
  for (const { item } of ownItems(list)) addNode(walk, item, below);
}

/** What the schema has for a key; kept, since each look-up makes it anew. Keys of the user's own share one. */
function childOf(schema: SchemaNode, key: string): SchemaNode | undefined {
  let known = children.get(schema);
  if (known === undefined) {
    known = new Map();
    children.set(schema, known);
  }
  const step = schema.properties !== undefined && Object.hasOwn(schema.properties, key) ? key : '*';
  if (!known.has(step)) known.set(step, childSchema(schema, step));
  return known.get(step);
}

const children = new WeakMap<SchemaNode, Map<string, SchemaNode | undefined>>();
