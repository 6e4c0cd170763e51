import { type Catalog, findLocation, findServerType } from '@groundplan/catalog';
import type { SchemaNode } from '@groundplan/model/language';
import type { Scalar } from '@groundplan/syntax';
import type { SemanticToken } from '../results.js';

/** What a value of the language is to be shown as; undefined for text of the user's own. */
export function scalarToken(
  catalog: Catalog,
  schema: SchemaNode,
  { value }: Scalar,
): Pick<SemanticToken, 'type' | 'modifiers'> | undefined {
  const annotation = schema['x-groundplan'];
  if (typeof value === 'number') return { type: 'number', modifiers: [] };
  if (typeof value === 'boolean') return { type: 'keyword', modifiers: [] };
  if (typeof value !== 'string') return undefined;
  if (annotation?.catalog === 'server_type') return serverType(catalog, value);
  if (schema.enum?.includes(value) || schema.const === value) return { type: 'enumMember', modifiers: [] };
  if (annotation?.expected === 'a location' && findLocation(catalog, value) !== undefined) {
    return { type: 'enumMember', modifiers: [] };
  }
  return /^[1-9]\d*(?:[smhd]|[GT]B)$/.test(value) ? { type: 'number', modifiers: [] } : undefined;
}

/** Deprecated where no location sells it any more, or only for some time yet. */
function serverType(catalog: Catalog, name: string): Pick<SemanticToken, 'type' | 'modifiers'> | undefined {
  const found = findServerType(catalog, name);
  if (found === undefined) return undefined;
  const offers = Object.values(found.perLocation);
  const isDeprecated = offers.every(({ deprecation }) => deprecation !== undefined);
  return { type: 'type', modifiers: isDeprecated ? ['defaultLibrary', 'deprecated'] : ['defaultLibrary'] };
}
