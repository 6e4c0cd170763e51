import type { Context } from 'mocha';
import { findProgram } from '../../scripts/daemons.mjs';

/**
 * The path of a program that a test needs. Where it is missing the test is left out and shown as pending, which `npm test`
 * names at its end; in CI (`CI=true`) that is a failure.
 */
export function needs(test: Context, program: string): string {
  const path = findProgram(program);
  return path ?? leaveOut(test, `it needs ${program}, which is not installed`);
}

/**
 * Leaves a test out where it cannot run, for a reason that is no fault of what it tests: it shows as pending, and in CI
 * (`CI=true`) it fails with that reason.
 */
export function leaveOut(test: Context, reason: string): never {
  if (process.env.CI === 'true') throw new Error(`left out, which CI may not: ${reason}`);
  return test.skip();
}
