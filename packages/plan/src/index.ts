export { type Parsed, parsePlan, parseTrace } from './parse.js';
export {
  type Action,
  type Attributes,
  attributesOf,
  type ChangedAttribute,
  type Plan,
  type PlannedChange,
  readPlan,
} from './planned-change.js';
export type { Trace, TracedPlace } from './trace.js';
