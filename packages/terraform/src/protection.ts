import { type Expression, expression, quoted } from './emitter/index.js';

/** The variable with the names of what may be destroyed; `*` is everything. */
export const unprotectedVariable = 'unprotected';

/** True when `unprotected` has the name, or `*`. */
export function isUnprotected(name: string): Expression {
  return expression(
    `contains(var.${unprotectedVariable}, ${quoted(name)}) || contains(var.${unprotectedVariable}, "*")`,
  );
}

/** True unless `unprotected` has the name, or `*`. */
export function isProtected(name: string): Expression {
  return expression(
    `!contains(var.${unprotectedVariable}, ${quoted(name)}) && !contains(var.${unprotectedVariable}, "*")`,
  );
}
