export { type CompileInput, type Compiled, compile } from './compile.js';
export type { Trace, TracedPlace } from './trace.js';
export { judgeErrors, judgePlan, type PlanContext, placeOf, type ToolError } from './plan/judge-plan.js';
export { type Action, type PlannedChange, readPlan } from './plan/planned-change.js';
