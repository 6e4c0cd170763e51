import type { Node } from '@groundplan/syntax';
import { clip } from './place.js';
import type { SchemaNode, SchemaType } from './schema-node.js';

/** What a value is, in a person's words. */
export function kindOf(node: Node): string {
  if (node.kind === 'mapping') return 'a map';
  if (node.kind === 'sequence') return 'a list';
  if (node.value === null) return clip(node.source);
  if (typeof node.value === 'string') return 'text';
  if (typeof node.value === 'boolean') return `${node.value}`;
  return `the number ${clip(node.source)}`;
}

/** The text of a value, as messages quote it. */
export function shown(node: Node): string {
  if (node.kind !== 'scalar') return kindOf(node);
  return clip(typeof node.value === 'string' ? node.value : node.source);
}

/** What a node of the schema takes, in a person's words. */
export function expectation(schema: SchemaNode): string {
  const types: readonly (SchemaType | undefined)[] = Array.isArray(schema.type) ? schema.type : [schema.type];
  const words = types.map((type) => ofType(schema, type));
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;
}

function ofType(schema: SchemaNode, type: SchemaType | undefined): string {
  switch (type) {
    case 'string':
      return ofText(schema);
    case 'integer':
      return rangeOf(schema) === undefined ? 'a whole number' : `a whole number, ${rangeOf(schema)}`;
    case 'number':
      return 'a number';
    case 'boolean':
      return 'true or false';
    case 'array':
      return 'a list';
    default:
      return 'a map';
  }
}

function ofText(schema: SchemaNode): string {
  const { enum: allowed, 'x-groundplan': { reference, dotted, expected } = {} } = schema;
  if (expected !== undefined) return expected;
  if (allowed !== undefined && allowed.length > 1) return `one of ${allowed.join(', ')}`;
  if (allowed !== undefined) return allowed.join('');
  if (reference !== undefined) {
    return dotted ? `a reference ${reference.map((kind) => `${kind}.NAME`).join(' or ')}` : 'a name';
  }
  return expectedText(schema) ?? 'text';
}

/** What `patternErrorMessage` expects, or that of the first part that has one. */
export function expectedText(schema: SchemaNode): string | undefined {
  const message =
    schema.patternErrorMessage ?? schema.allOf?.find((part) => part.patternErrorMessage)?.patternErrorMessage;
  return message?.replace(/^expected /, '');
}

/** `1 to 10`, `at least 1`, `at most 10`; undefined without a bound. */
export function rangeOf({ minimum, maximum }: SchemaNode): string | undefined {
  if (minimum !== undefined && maximum !== undefined)
    return minimum === maximum ? `${minimum}` : `${minimum} to ${maximum}`;
  if (minimum !== undefined) return `at least ${minimum}`;
  return maximum === undefined ? undefined : `at most ${maximum}`;
}
