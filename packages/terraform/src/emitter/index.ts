export type { Arguments, DataConfigs, ResourceConfigs } from './bindings.js';
export {
  attribute,
  type DataType,
  type Emitter,
  emit,
  type Meta,
  type ResourceType,
  type Variable,
} from './emitter.js';
export { type Expression, expression, quoted, type Template, template, type Value } from './value.js';
