import assert from 'node:assert/strict';
import type { PlanResult, RunResult } from './terraform.js';

/** Fails with the tool's own errors when a command did not succeed. */
export function assertSucceeded(result: RunResult): void {
  const errors = result.diagnostics.filter(({ severity }) => severity === 'error');
  assert.deepEqual(
    errors.map(({ summary, detail }) => `${summary} ${detail}`.trim()),
    [],
    result.stderr,
  );
  assert.notEqual(result.exitCode, 1, result.stderr);
}

/** What a plan changes, in one line each: `create minio_s3_bucket.backups`. */
export function changeLines(plan: PlanResult): string[] {
  assertSucceeded(plan);
  return plan.changes.map(({ actions, address }) => `${actions.join('+')} ${address}`).sort();
}

/** The errors of a command that must fail, as `summary: detail` on one line. */
export function errorLines(result: RunResult): string[] {
  assert.equal(result.exitCode, 1, 'the command was expected to fail');
  return result.diagnostics
    .filter(({ severity }) => severity === 'error')
    .map(({ summary, detail }) => `${summary}: ${detail}`.replace(/\s+/g, ' '));
}
