import type { SchemaNode } from '../src/shape/schema-node.js';

export function onlyConstraints(schema: SchemaNode): SchemaNode;
export function onlyTypes(schema: SchemaNode): SchemaNode;
export function literalDefaults(schema: SchemaNode): [field: string, value: unknown][];
export function visitFields(
  schema: SchemaNode,
  node: SchemaNode,
  path: string,
  visit: (path: string, node: SchemaNode) => void,
): void;
export function resolve(schema: SchemaNode, node: SchemaNode): SchemaNode;
