import type { Fix } from '@groundplan/diagnostics';
import type { Scalar, SyntaxTree } from '@groundplan/syntax';
import { fix, replaceAt, replaceValue, scalar } from '../edits.js';
import type { Place } from './place.js';
import type { SchemaNode, SchemaType } from './schema-node.js';

/** Other ways to write a value, where one of them is surely what was meant: in quotes, with its unit, as a list. */
export function rewritings(tree: SyntaxTree, schema: SchemaNode, { node, entry }: Place): Fix[] {
  const types: readonly (SchemaType | undefined)[] = Array.isArray(schema.type) ? schema.type : [schema.type];
  if (node.kind !== 'scalar' || node.style === 'literal' || node.style === 'folded') return [];
  if (node.value === null) {
    const mayBeEmpty = types.includes('object') && schema.required === undefined && entry !== undefined;
    return mayBeEmpty ? fix('Write {}', replaceValue(tree, entry, '{}')) : [];
  }
  for (const type of types) {
    const newText = rewritten(schema, type, node);
    if (newText !== undefined) return fix(`Write ${newText}`, replaceAt(node.span, newText));
  }
  return [];
}

function rewritten(schema: SchemaNode, type: SchemaType | undefined, node: Scalar): string | undefined {
  const { value } = node;
  switch (type) {
    case 'string':
      return asText(schema, node);
    case 'integer':
      return typeof value === 'string' && /^(0|[1-9][0-9]{0,8})$/.test(value) ? value : undefined;
    case 'boolean':
      return typeof value === 'string' ? truthOf(value.toLowerCase()) : undefined;
    case 'array':
      return schema.items?.type !== 'object' && typeof value === 'string' ? asList(node, value) : undefined;
    default:
      return undefined;
  }
}

/** A number with the unit that it lacks, or in quotes; text in small letters or without the blanks around it. */
function asText(schema: SchemaNode, { source, value, style }: Scalar): string | undefined {
  const unit = schema['x-groundplan']?.unit;
  if (typeof value === 'string') {
    const plain = value.trim().toLowerCase();
    return style === 'plain' && plain !== value && fits(schema, plain) ? plain : undefined;
  }
  if (unit !== undefined && fits(schema, `${source}${unit}`)) return `${source}${unit}`;
  return /^[\w.+-]+$/.test(source) && fits(schema, source) ? `"${source}"` : undefined;
}

function fits(schema: SchemaNode, text: string): boolean {
  if (schema.enum !== undefined) return schema.enum.includes(text);
  return [schema, ...(schema.allOf ?? [])].every(
    ({ pattern }) => pattern === undefined || new RegExp(pattern, 'u').test(text),
  );
}

function truthOf(word: string): 'true' | 'false' | undefined {
  if (['yes', 'on', 'y', 'true'].includes(word)) return 'true';
  return ['no', 'off', 'n', 'false'].includes(word) ? 'false' : undefined;
}

/** A list of the text alone, which keeps its quotes. */
function asList({ source, style }: Scalar, value: string): string | undefined {
  if (source.includes('\n')) return undefined;
  return `[${style === 'plain' ? scalar(value) : source}]`;
}
