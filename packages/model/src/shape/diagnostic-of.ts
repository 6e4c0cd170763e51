import { type Diagnostic, type Fix, report, type Span } from '@groundplan/diagnostics';
import type { Entry, Node, Scalar } from '@groundplan/syntax';
import { addFirst, fix, removeEntry, renameKey, rewriteScalar } from '../edits.js';
import { legalName } from '../legal-name.js';
import { nearest } from '../nearest.js';
import { shiftEntries } from '../shift-entries.js';
import type { Context } from './diagnose.js';
import { hasWrongIndentation, isRagged, straysOf } from './misindented.js';
import { isMissingIndentation, misplaced } from './misplaced.js';
import { nearestKey } from './nearest-key.js';
import { clip, holderSpan, isStillOpen, type Place, pathText, valueSpan } from './place.js';
import { rewritings } from './rewritings.js';
import type { SchemaNode } from './schema-node.js';
import type { Violation } from './validate.js';
import { expectation, expectedText, kindOf, rangeOf, shown } from './words.js';

/** The diagnostic of a violation; undefined where another check reports it. */
export function diagnosticOf(
  context: Context,
  violation: Violation,
  place: Place,
): Diagnostic | readonly Diagnostic[] | undefined {
  const { code, reference } = violation.parentSchema['x-groundplan'] ?? {};
  switch (violation.keyword) {
    case 'type':
      return wrongType(context, violation, place);
    case 'additionalProperties':
      return unknownKey(context, violation, place);
    case 'required':
      return isLeftToCheck(code) ? undefined : missingKeys(context, violation, place);
    case 'oneOf':
      return chooseOne(context, violation.parentSchema, place);
    case 'maxProperties':
      return tooManyKeys(context, place);
    case 'minProperties':
    case 'minItems':
      return isLeftToCheck(code) ? undefined : empty(context, place);
    case 'uniqueItems':
      return repeated(place);
    case 'not':
      return isLeftToCheck(code) ? undefined : meaningless(context, violation, place);
    default:
      return isLeftToCheck(code) || reference !== undefined ? undefined : wrongValue(context, violation, place);
  }
}

function isLeftToCheck(code: string | undefined): boolean {
  return code !== undefined && !code.startsWith('schema/');
}

function wrongType(context: Context, { parentSchema }: Violation, place: Place): Diagnostic | undefined {
  if (!isVast(place) && isMissingIndentation(context, place)) return undefined;
  const expected = expectation(parentSchema);
  const isWritten = place.node.span.start < place.node.span.end;
  return report(
    'schema/type',
    valueSpan(place),
    { expected, ...(isWritten ? { found: kindOf(place.node) } : {}) },
    { label: `expected ${expected}`, fixes: filling(context, place) ?? rewritings(context.tree, parentSchema, place) },
  );
}

/** What stands below a key that holds nothing was most likely meant to be in it. */
function filling(context: Context, place: Place): Fix[] | undefined {
  const strays = straysOf(context, place);
  const [first, last] = [strays[0], strays.at(-1)];
  if (first === undefined || last === undefined) return undefined;
  return fix(`Indent what follows under ${clip(place.entry?.key ?? '')}`, shiftEntries(context.tree, first, last, 2));
}

function unknownKey(context: Context, violation: Violation, place: Place): Diagnostic | undefined {
  const key = violation.params.additionalProperty ?? '';
  const entry = context.places.entry(place, key);
  if (entry === undefined) return undefined;
  const elsewhere = isVast(place) ? undefined : misplaced(context, place, entry);
  if (elsewhere === undefined && hasWrongIndentation(context, place, entry)) return undefined;
  const facts = { key: clip(key), where: pathText(place, context.whole) };
  const close = nearestKey(context.places, violation, place);
  if (close !== undefined) {
    const fixes = [...renaming(context, entry, close), ...removing(context, place, entry)];
    return report(
      'schema/unknown-key',
      entry.keySpan,
      { ...facts, nearest: close },
      { label: `did you mean ${close}?`, fixes },
    );
  }
  const { fixes = removing(context, place, entry), ...belongs } = elsewhere ?? {};
  return report('schema/unknown-key', entry.keySpan, { ...facts, ...belongs }, { fixes });
}

function missingKeys(
  context: Context,
  { params: { keys: lacking = [], because }, parentSchema }: Violation,
  place: Place,
): Diagnostic | undefined {
  const meant = context.meant.get(place.node);
  const keys = lacking.filter((key) => !meant?.has(key));
  if (keys.length === 0 || isStillOpen(context.tree.text, place.node) || isRagged(context, place)) return undefined;
  return report(
    'schema/missing-key',
    holderSpan(place),
    { keys, where: pathText(place, context.whole), ...(because === undefined ? {} : { because }) },
    { label: `lacks ${keys.join(', ')}`, fixes: keys.flatMap((key) => adding(context, parentSchema, place, key)) },
  );
}

/** A missing key is written, before the first one, only where a single value is possible. */
function adding({ tree }: Context, schema: SchemaNode, { node }: Place, key: string): Fix[] {
  const [value, ...others] = schema.properties?.[key]?.enum ?? [];
  const isPossible = node.kind === 'mapping' && node.entries.some(({ merged }) => !merged);
  if (!isPossible || value === undefined || others.length > 0) return [];
  return fix(`Add ${key}: ${value}`, addFirst(tree, node, key, value));
}

function chooseOne(context: Context, { oneOf = [] }: SchemaNode, place: Place): Diagnostic | undefined {
  const keys = oneOf.flatMap(({ required = [] }) => required);
  const entries = keys.flatMap((key) => context.places.entry(place, key) ?? []);
  const meant = context.meant.get(place.node);
  const mayCome =
    keys.some((key) => meant?.has(key)) || isStillOpen(context.tree.text, place.node) || isRagged(context, place);
  if (entries.length === 0 && mayCome) return undefined;
  return choice(context, place, keys, entries);
}

function tooManyKeys(context: Context, place: Place): Diagnostic | undefined {
  if (place.node.kind !== 'mapping') return undefined;
  const { entries } = place.node;
  return choice(
    context,
    place,
    entries.slice(0, 5).map(({ key }) => clip(key)),
    entries,
  );
}

/** Marks the map where none is written, else the first of the keys that are too many, with the ones before it beside. */
function choice(context: Context, place: Place, keys: readonly string[], entries: readonly Entry[]): Diagnostic {
  const [first, second] = [...entries].sort((a, b) => a.keySpan.start - b.keySpan.start);
  return report(
    'schema/choose-one',
    second?.keySpan ?? holderSpan(place),
    {
      where: pathText(place, context.whole),
      keys,
      found: entries.slice(0, 5).map(({ key }) => clip(key)),
    },
    {
      label: second === undefined ? `needs one of ${keys.join(', ')}` : `one of ${keys.join(', ')}`,
      related:
        first === undefined || second === undefined
          ? []
          : [{ span: first.keySpan, message: `"${clip(first.key)}" is written here` }],
      fixes: entries.slice(0, 5).flatMap((entry) => removing(context, place, entry)),
    },
  );
}

function empty(context: Context, place: Place): Diagnostic | undefined {
  const isBegun = place.node.kind === 'mapping' && place.node.incomplete !== undefined;
  if (isBegun || isStillOpen(context.tree.text, place.node)) return undefined;
  return report('schema/empty', valueSpan(place), { what: pathText(place, context.whole) });
}

/** The validator says only that some text is there twice, so the list is looked through here. */
function repeated({ node }: Place): Diagnostic[] {
  if (node.kind !== 'sequence') return [];
  const first = new Map<string, Node>();
  return node.items.flatMap((item) => {
    if (item.kind !== 'scalar' || typeof item.value !== 'string') return [];
    const before = first.get(item.value);
    if (before === undefined) {
      first.set(item.value, item);
      return [];
    }
    return report(
      'schema/repeated',
      item.span,
      { found: `"${shown(item)}"` },
      { related: [{ span: before.span, message: 'first here' }] },
    );
  });
}

/** A key that comes by a merge is meant for the other maps that have it too: only a contradiction is reported then. */
function meaningless(context: Context, { parentSchema }: Violation, place: Place): Diagnostic | undefined {
  const { entry, parent } = place;
  const { because = '', severity } = parentSchema['x-groundplan'] ?? {};
  if (entry === undefined || parent === undefined || (entry.merged && severity === undefined)) return undefined;
  return report(
    'schema/not-here',
    entry.keySpan,
    { key: entry.key, where: pathText(parent, context.whole), because },
    {
      ...(severity === undefined ? { unnecessary: true as const } : { severity }),
      label: because,
      fixes: removing(context, parent, entry),
    },
  );
}

/** An enum, a pattern or a range that a value of the right kind does not fit; or a key that is no name. */
function wrongValue(context: Context, violation: Violation, place: Place): Diagnostic | undefined {
  const { keyword, parentSchema, propertyName } = violation;
  if (propertyName !== undefined) return wrongKey(context, parentSchema, propertyName, place);
  if (place.node.kind !== 'scalar') return undefined;
  const found = shown(place.node);
  const { code, expected } = parentSchema['x-groundplan'] ?? {};
  if (keyword === 'enum') return wrongWord(parentSchema.enum ?? [], place.node, valueSpan(place));
  if (keyword === 'minimum' || keyword === 'maximum' || code === 'schema/range') {
    const range = expected ?? rangeOf(parentSchema) ?? '';
    return report('schema/range', valueSpan(place), { found, expected: range }, { label: range });
  }
  return wrongForm(context, parentSchema, place, found);
}

function wrongWord(allowed: readonly string[], node: Scalar, span: Span): Diagnostic {
  const found = shown(node);
  const close = nearest(found, allowed);
  return report(
    'schema/enum',
    span,
    { found, allowed, ...(close === undefined ? {} : { nearest: close }) },
    close === undefined
      ? { label: allowed.join(', ') }
      : { label: `did you mean ${close}?`, fixes: fix(`Change to ${close}`, rewriteScalar(node, close)) },
  );
}

function wrongForm({ tree }: Context, schema: SchemaNode, place: Place, found: string): Diagnostic {
  const span = valueSpan(place);
  const expected = expectedText(schema) ?? 'written as this field takes it';
  const details = { label: expected, fixes: rewritings(tree, schema, place) };
  return schema['x-groundplan']?.code === 'schema/name'
    ? report('schema/name', span, { found, rule: expected }, details)
    : report('schema/format', span, { found, expected }, details);
}

function wrongKey(context: Context, schema: SchemaNode, key: string, place: Place): Diagnostic | undefined {
  const entry = context.places.entry(place, key);
  if (entry === undefined || hasWrongIndentation(context, place, entry)) return undefined;
  const found = clip(key);
  const expected = expectedText(schema) ?? 'written as this map takes it';
  if (schema['x-groundplan']?.code !== 'schema/name') {
    return report('schema/format', entry.keySpan, { found, expected }, { label: expected });
  }
  const name = legalName(key);
  const isFree = new RegExp(schema.pattern ?? '', 'u').test(name) && !context.places.entry(place, name);
  return report(
    'schema/name',
    entry.keySpan,
    { found, rule: expected },
    { label: expected, fixes: isFree ? renaming(context, entry, name) : [] },
  );
}

function renaming({ tree }: Context, entry: Entry, key: string): Fix[] {
  return fix(`Change to ${key}`, renameKey(tree, entry, key));
}

/** Above this many keys a map is no topology any more, and looking through it for each of them would take long. */
const mostKeys = 1000;

/** The only key of a map is left: without it the map would have to go as well. */
function removing({ tree }: Context, place: Place, entry: Entry): Fix[] {
  if (place.node.kind !== 'mapping' || place.node.entries.length < 2 || isVast(place)) return [];
  return fix(`Remove ${clip(entry.key)}`, removeEntry(tree, [...place.path, entry.key]));
}

function isVast({ node, parent }: Place): boolean {
  return (node.kind === 'mapping' && node.entries.length > mostKeys) || (parent !== undefined && isVast(parent));
}
