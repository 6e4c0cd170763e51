// The door for hover, explain and docs, apart from index.ts: `check` never needs the text of the schema.
export { fieldEffects } from './effects/field-effects.js';
export { configSchema, topologySchema } from './generated/schema.js';
export { type Fact, factsOf, type Key, keysOf } from './shape/field-facts.js';
export { childSchema, fieldSchema, genericPath } from './shape/field-schema.js';
export type { Annotation, SchemaNode, SchemaType } from './shape/schema-node.js';
