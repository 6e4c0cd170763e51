import { topologySchema } from '../generated/schema.js';
import type { SchemaNode } from './schema-node.js';

/**
 * The schema's node of a field, with what it refers to, by its path: `['apps', 'web', 'drain']` or `['apps', '*', 'drain']`.
 * The items of a list are one step as well. Undefined for a path that the language does not have.
 */
export function fieldSchema(path: readonly string[]): SchemaNode | undefined {
  let node: SchemaNode | undefined = topologySchema;
  for (const step of path) {
    node = childSchema(node, step);
    if (node === undefined) return undefined;
  }
  return node;
}

/** The node of one key of a map, or of the items of a list. */
export function childSchema(node: SchemaNode, step: string): SchemaNode | undefined {
  if (node.properties !== undefined && Object.hasOwn(node.properties, step)) return resolve(node.properties[step]);
  if (node.items !== undefined) return resolve(node.items);
  return typeof node.additionalProperties === 'object' ? resolve(node.additionalProperties) : undefined;
}

/** The node with what its `$ref` names; what stands beside the `$ref` wins. */
function resolve(node: SchemaNode | undefined): SchemaNode | undefined {
  if (node?.$ref === undefined) return node;
  const { $ref, ...own } = node;
  return { ...resolve(topologySchema.definitions?.[$ref.slice('#/definitions/'.length)]), ...own };
}
