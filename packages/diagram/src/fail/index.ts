export { describeEffect } from './describe-effect.js';
export type { Effect, RouteEffect, State, Statement, Within } from './effect.js';
export { fail } from './fail.js';
export { type FailableThing, failableThings, tunnelsId } from './failable.js';
export { type Surveyed, survey } from './survey.js';
