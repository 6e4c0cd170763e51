import { defaultServerType } from '@groundplan/catalog';
import { type Fact, factsOf, fieldSchema, genericPath, keysOf, type SchemaNode } from '@groundplan/model/language';
import { type InForce, inForce } from '../facts/in-force.js';
import { roleAt } from '../facts/roles.js';
import { code, listed } from '../facts/words.js';
import type { Facts } from '../snapshot.js';
import { compilesTo } from './compiles-to.js';
import { blocks, bullets, languageLink } from './markdown.js';

/** What there is to say about a field, by its path; undefined where the language has none. */
export function fieldPage(snapshot: Facts, path: readonly string[]): string | undefined {
  const schema = fieldSchema(path);
  if (schema === undefined) return undefined;
  const facts = factsOf(schema);
  const generic = genericPath(path);
  const fallback = textOf(facts, 'default');
  return blocks(
    heading(path, schema, facts),
    schema.description,
    bullets(facts.filter(({ name }) => name === 'values').map(({ text }) => choice(text))),
    bullets([
      inForceWords(snapshot, path),
      fallback === undefined
        ? defaultHere(snapshot, generic, path)
        : `**Default**: ${fallback.includes(' ') ? fallback : code(fallback)}${defaultHere(snapshot, generic, path, '; ')}`,
      prefixed('Constraint', textOf(facts, 'constraint')),
      prefixed('Compiles to', compilesTo(generic)),
    ]),
    languageLink(path[0] ?? ''),
  );
}

function heading(path: readonly string[], schema: SchemaNode, facts: readonly Fact[]): string {
  // An item has no name of its own: it goes by that of its list.
  const isItem = fieldSchema(path.slice(0, -1))?.items !== undefined;
  const key = path.at(isItem ? -2 : -1) ?? '';
  const title = schema.title === undefined ? '' : ` · ${schema.title}`;
  return `**${code(key)}**${title} · ${textOf(facts, 'type') ?? 'any'}`;
}

/** `leastconn: …` with the word as code. */
function choice(text: string): string {
  const colon = text.indexOf(': ');
  return colon < 0 ? code(text) : `${code(text.slice(0, colon))}: ${text.slice(colon + 2)}`;
}

function prefixed(name: string, text: string | undefined): string | undefined {
  return text === undefined ? undefined : `**${name}**: ${text}`;
}

function textOf(facts: readonly Fact[], wanted: Fact['name']): string | undefined {
  return facts.find(({ name }) => name === wanted)?.text;
}

/** What holds here: the field's value, or those of the keys below it. */
function inForceWords({ model }: Facts, path: readonly string[]): string | undefined {
  const own = inForce(model, path);
  if (own.length > 0) {
    const isPlain = own.every(({ origin }) => origin.kind === 'written');
    return isPlain && new Set(own.map(({ text }) => text)).size === 1 ? undefined : `**Here**: ${valueWords(own)}`;
  }
  const schema = fieldSchema(path);
  const below = (schema === undefined ? [] : keysOf(schema)).flatMap(({ key }) => {
    const values = inForce(model, [...path, key]);
    const isWritten = values.every(({ origin }) => origin.kind === 'written');
    return isWritten ? [] : [`${code(key)} ${valueWords(values)}`];
  });
  return below.length === 0 ? undefined : `**Not written**: ${below.join(', ')}`;
}

/** `4`, `2 (the default)`, `4 in falkenstein, 2 in helsinki (written for that region)`. */
export function valueWords(values: readonly InForce[]): string {
  const distinct = new Map<string, { readonly value: InForce; readonly regions: string[] }>();
  for (const value of values) {
    const key = `${value.text} ${reason(value)}`;
    const known = distinct.get(key);
    if (known === undefined) distinct.set(key, { value, regions: value.region === undefined ? [] : [value.region] });
    else if (value.region !== undefined) known.regions.push(value.region);
  }
  return [...distinct.values()]
    .map(({ value, regions }) => {
      const where = distinct.size > 1 ? ` in ${listed(regions)}` : '';
      return `${code(value.text)}${where}${reason(value)}`;
    })
    .join(', ');
}

function reason({ origin }: InForce): string {
  switch (origin.kind) {
    case 'written':
      return '';
    case 'override':
      return ' (written for the region)';
    case 'default':
      return ` (${origin.because})`;
    case 'invalid':
      return ' (the default: what is written is not understood)';
  }
}

/** The default server type in the locations of this topology, which no schema can know. */
function defaultHere(
  { model, catalog }: Facts,
  generic: readonly string[],
  path: readonly string[],
  lead?: string,
): string | undefined {
  const role = roleAt(path);
  if (generic.at(-1) !== 'type' || role === undefined || path[0] === 'regions')
    return lead === undefined ? undefined : '';
  const locations =
    role === 'arbiter'
      ? [model.arbiter?.location.value ?? []].flat()
      : [...new Set(model.regions.map(({ location }) => location.value))];
  const words = locations.map((location) => `${code(defaultServerType(catalog, role, location))} in ${location}`);
  return words.length === 0 ? (lead === undefined ? undefined : '') : `${lead ?? '**Default**: '}${listed(words)}`;
}
