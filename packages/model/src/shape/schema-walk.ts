import type { SchemaNode } from './schema-node.js';

/** The node at a path below `root`; the items of a list are one step as well. Undefined where there is none. */
export function nodeBelow(root: SchemaNode, path: readonly string[]): SchemaNode | undefined {
  let node: SchemaNode | undefined = root;
  for (const step of path) {
    node = childBelow(root, node, step);
    if (node === undefined) return undefined;
  }
  return node;
}

/** The node of one key of a map, or of the items of a list. */
export function childBelow(root: SchemaNode, node: SchemaNode, step: string): SchemaNode | undefined {
  if (node.properties !== undefined && Object.hasOwn(node.properties, step))
    return resolve(root, node.properties[step]);
  if (node.items !== undefined) return resolve(root, node.items);
  return typeof node.additionalProperties === 'object' ? resolve(root, node.additionalProperties) : undefined;
}

/** The node with what its `$ref` names; what stands beside the `$ref` wins. */
function resolve(root: SchemaNode, node: SchemaNode | undefined): SchemaNode | undefined {
  if (node?.$ref === undefined) return node;
  const { $ref, ...own } = node;
  return { ...resolve(root, root.definitions?.[$ref.slice('#/definitions/'.length)]), ...own };
}
