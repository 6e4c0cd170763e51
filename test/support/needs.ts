import type { Context } from 'mocha';
import { findProgram } from '../../scripts/daemons.mjs';

/**
 * The path of a program that a test needs. Where it is missing the test is left out and shown as pending, which `npm test`
 * names at its end; in CI (`CI=true`) that is a failure.
 */
export function needs(test: Context, program: string): string {
  const path = findProgram(program);
  if (path !== undefined) return path;
  if (process.env.CI === 'true') throw new Error(`CI needs ${program}, which is not installed`);
  return test.skip();
}
