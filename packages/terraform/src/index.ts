export { type Compiled, type CompileInput, compile } from './compile.js';
export { type ErrorContext, type JudgedErrors, judgeErrors, type ToolError } from './plan/judge-errors.js';
export { judgeOffer, ordersServers } from './plan/judge-offer.js';
export { describeChange, judgePlan, type PlacedChange, placeChanges } from './plan/judge-plan.js';
export type { PlanContext } from './plan/place-of.js';
export { type LockedSecrets, missingSecrets, unconfiguredHosts } from './push/bundles.js';
