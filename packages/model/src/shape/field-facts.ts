import { childSchema } from './field-schema.js';
import type { SchemaNode } from './schema-node.js';

export interface Fact {
  readonly name: 'type' | 'values' | 'default' | 'constraint';
  readonly text: string;
}

/** What the schema says about a field beyond its description, in words. */
export function factsOf(node: SchemaNode): Fact[] {
  const annotation = node['x-groundplan'];
  const facts: Fact[] = [{ name: 'type', text: typeWords(node) }];
  (node.enum ?? []).forEach((value, index) => {
    const says = node.markdownEnumDescriptions?.[index];
    facts.push({ name: 'values', text: says === undefined ? value : `${value}: ${says}` });
  });
  const fallback =
    annotation?.default ??
    (node.default === undefined ? undefined : JSON.stringify(node.default).replace(/^"|"$/g, ''));
  if (fallback !== undefined) facts.push({ name: 'default', text: fallback });
  const constraint = constraintWords(node).join('; ');
  if (constraint !== '') facts.push({ name: 'constraint', text: constraint });
  return facts;
}

export interface Key {
  readonly key: string;
  readonly says: string;
}

/** The keys of a map that the language fixes, required ones marked. */
export function keysOf(node: SchemaNode): Key[] {
  return Object.keys(node.properties ?? {}).map((key) => {
    const title = childSchema(node, key)?.title ?? '';
    return { key, says: node.required?.includes(key) ? `${title} (required)` : title };
  });
}

function typeWords(node: SchemaNode): string {
  const { type } = node;
  const types = type === undefined ? [] : typeof type === 'string' ? [type] : type;
  const words = types.map((each) =>
    each === 'object' && typeof node.additionalProperties === 'object' ? 'map by name' : typeNames[each],
  );
  return words.length === 0 ? 'any' : words.join(' or ');
}

const typeNames = {
  string: 'text',
  number: 'number',
  integer: 'whole number',
  boolean: 'true or false',
  array: 'list',
  object: 'map',
} as const;

function constraintWords(node: SchemaNode): string[] {
  const parts = [node, ...(node.allOf ?? [])];
  return [...new Set([...rangeWords(parts), ...parts.flatMap(formWords)])];
}

function rangeWords(parts: readonly SchemaNode[]): string[] {
  const from = Math.max(...parts.map(({ minimum = Number.NEGATIVE_INFINITY }) => minimum));
  const to = Math.min(...parts.map(({ maximum = Number.POSITIVE_INFINITY }) => maximum));
  if (Number.isFinite(from)) return [Number.isFinite(to) ? `${from} to ${to}` : `at least ${from}`];
  return Number.isFinite(to) ? [`at most ${to}`] : [];
}

function formWords(node: SchemaNode): string[] {
  const annotation = node['x-groundplan'];
  const words: string[] = [];
  if (node.minItems !== undefined) words.push(`at least ${node.minItems} in the list`);
  if (node.minProperties !== undefined) words.push(`at least ${node.minProperties} in the map`);
  if (node.uniqueItems) words.push('each only once');
  if (annotation?.reference !== undefined) {
    const forms = annotation.reference.map((kind) =>
      annotation.dotted === false ? `the name of a ${kind.replace('_', ' ')}` : `${kind}.NAME`,
    );
    words.push(forms.join(' or '));
  }
  if (annotation?.interpolated) words.push('may hold ${…}');
  const expected = annotation?.expected ?? node.patternErrorMessage;
  if (expected !== undefined) words.push(expected.replace(/^expected /, ''));
  const names = node.propertyNames?.patternErrorMessage;
  if (names !== undefined) words.push(`names: ${names.replace(/^expected /, '')}`);
  return words;
}
