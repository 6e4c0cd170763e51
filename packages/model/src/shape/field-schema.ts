import { topologySchema } from '../generated/schema.js';
import type { SchemaNode } from './schema-node.js';
import { childBelow, nodeBelow } from './schema-walk.js';

/**
 * The schema's node of a field, with what it refers to, by its path: `['apps', 'web', 'drain']` or `['apps', '*', 'drain']`.
 * The items of a list are one step as well. Undefined for a path that the language does not have.
 */
export function fieldSchema(path: readonly string[]): SchemaNode | undefined {
  return nodeBelow(topologySchema, path);
}

/** The path of a field with `*` in place of the names that the user chose: `['apps', '*', 'drain']`. */
export function genericPath(path: readonly string[]): readonly string[] {
  let node: SchemaNode | undefined = topologySchema;
  return path.map((step) => {
    const isFixed = node?.properties !== undefined && Object.hasOwn(node.properties, step);
    node = node && childSchema(node, step);
    return isFixed ? step : '*';
  });
}

/** The node of one key of a map, or of the items of a list. */
export function childSchema(node: SchemaNode, step: string): SchemaNode | undefined {
  return childBelow(topologySchema, node, step);
}
