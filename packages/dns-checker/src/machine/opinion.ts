import type { Rules } from './rules.js';

export type Opinion = 'up' | 'down' | 'unknown';

/** What came of a probe; `reason` is for people. */
export type ProbeResult =
  | { readonly kind: 'healthy' }
  | { readonly kind: 'failing'; readonly reason: string }
  /** The balancer answers that a database has no primary. */
  | { readonly kind: 'database'; readonly reason: string };

/** What this host thinks of one target, and on what grounds. */
export interface Observation {
  readonly opinion: Opinion;
  /** In a row. */
  readonly successes: number;
  readonly failures: number;
  /** Of the last probe; empty when it succeeded. */
  readonly reason: string;
  /** Since when a database is sick; undefined when it is not. Milliseconds. */
  readonly databaseSince: number | undefined;
}

export const unobserved: Observation = {
  opinion: 'unknown',
  successes: 0,
  failures: 0,
  reason: 'not probed yet',
  databaseSince: undefined,
};

/**
 * What this host thinks after one more probe. A sick database is neither a failure nor a success until its own failover has had its
 * time; nothing but a healthy answer ends that time.
 */
export function afterProbe(rules: Rules, before: Observation, result: ProbeResult, at: number): Observation {
  if (result.kind === 'healthy') {
    const successes = before.successes + 1;
    const opinion = successes >= rules.rise ? 'up' : before.opinion;
    return { opinion, successes, failures: 0, reason: '', databaseSince: undefined };
  }
  const { reason } = result;
  const databaseSince = result.kind === 'database' ? (before.databaseSince ?? at) : before.databaseSince;
  if (result.kind === 'database' && at - (databaseSince ?? at) < rules.databasePatience) {
    return { opinion: before.opinion, successes: 0, failures: 0, reason, databaseSince };
  }
  const failures = before.failures + 1;
  const opinion = failures >= rules.fall ? 'down' : before.opinion;
  return { opinion, successes: 0, failures, reason, databaseSince };
}
