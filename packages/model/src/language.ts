// The door for hover, explain and docs, apart from index.ts: `check` never needs the text of the schema.
export { configSchema, topologySchema } from './generated/schema.js';
export { childSchema, fieldSchema } from './shape/field-schema.js';
export type { Annotation, SchemaNode, SchemaType } from './shape/schema-node.js';
