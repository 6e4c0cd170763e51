import { readPlan } from '@groundplan/plan';
import { type PlacedChange, placeChanges, type ToolError } from '@groundplan/terraform';
import type { Context } from '../command.js';
import { Failure } from '../failure.js';
import type { Target } from '../output/write-output.js';
import { applyPlan } from '../plan/apply-plan.js';
import { makePlan } from '../plan/make-plan.js';
import { ToolFailure } from '../plan/tool-failure.js';
import type { ToolSession } from '../plan/tool-session.js';
import type { Compilation } from '../topology/compile-topology.js';
import { liftProtection } from './lift-protection.js';

/** What is to be destroyed: everything in the state of what was built. */
export interface Subject {
  readonly made: NonNullable<Compilation['made']>;
  readonly target: Target;
  /** The user's arguments for Terraform. */
  readonly args: readonly string[];
}

/** What a destroy would take away, or why it cannot be planned. */
export interface PlannedDestroy {
  readonly changes: readonly PlacedChange[];
  readonly errors: readonly ToolError[];
}

/** Looks at what is there; nothing is changed. The plan lies in the private folder of the session. */
export async function planDestroy(
  session: ToolSession,
  { made, target, args }: Subject,
  context: Context,
): Promise<PlannedDestroy> {
  const { shown, errors } = await makePlan(session, [...args, '-destroy'], target, context);
  return { changes: placeChanges(made, readPlan(shown)), errors };
}

/**
 * Destroys what the user has seen and agreed to, and nothing else; what came up since then is a reason to stop before anything
 * is destroyed. Each step can be done again after an interruption.
 *
 * @returns why it did not come to its end; nothing when all is gone
 * @throws Failure when the tool cannot do its work, or the user interrupted
 */
export async function destroyAll(
  session: ToolSession,
  agreed: readonly PlacedChange[],
  subject: Subject,
  context: Context,
): Promise<readonly ToolError[]> {
  await liftProtection(agreed, session, context);
  const ofBuckets = await openBuckets(session, agreed, subject, context);
  if (ofBuckets.length > 0) return ofBuckets;
  await forgetCors(session, agreed, subject);
  const { changes, errors } = await planDestroy(session, subject, context);
  if (errors.length > 0) return errors;
  const known = new Set(agreed.map(({ address }) => address));
  const [added] = changes.filter(({ address }) => !known.has(address));
  if (added !== undefined)
    throw new Failure(`${added.address} was made in the meantime: nothing was destroyed, start again`);
  return changes.length === 0 ? [] : applyPlan(session, 'destroy', subject.args, subject.target, context);
}

/**
 * Lets buckets go with what is in them. The provider looks for that in the state, so that it takes an apply of its own: of the
 * buckets alone, which depend on nothing.
 */
async function openBuckets(
  session: ToolSession,
  agreed: readonly PlacedChange[],
  subject: Subject,
  context: Context,
): Promise<readonly ToolError[]> {
  const closed = agreed.filter(
    ({ type, gone, before }) => type === 'minio_s3_bucket' && !gone && before?.force_destroy !== true,
  );
  if (closed.length === 0) return [];
  const { args, target } = subject;
  const targets = closed.map(({ address }) => `-target=${address}`);
  const lifting = [...args, '-var=unprotected=["*"]', ...targets];
  const { shown, errors } = await makePlan(session, lifting, target, context);
  if (errors.length > 0) return errors;
  const { changes } = readPlan(shown);
  const [other] = changes.filter(({ type, action }) => type !== 'minio_s3_bucket' || action !== 'update');
  if (other !== undefined) {
    throw new Failure(
      `${other.address} is not what the topology says: put back what was changed, or apply it, and start again; nothing was destroyed`,
    );
  }
  return applyPlan(session, 'apply', [...args, '-var=unprotected=["*"]'], target, context);
}

/** Rules go with their bucket; the provider's own way of deleting them is refused (see plan/cors-stays). */
async function forgetCors(
  { tool, run }: ToolSession,
  agreed: readonly PlacedChange[],
  { target, args }: Subject,
): Promise<void> {
  const rules = agreed.filter(({ type }) => type === 'minio_s3_bucket_cors').map(({ address }) => address);
  if (rules.length === 0) return;
  // Of the user's arguments this command knows those about the lock only.
  const lock = args.filter((arg) => /^--?lock(?:-timeout)?=/.test(arg));
  const { exitCode, stderr } = await run(['state', 'rm', ...lock, ...rules]);
  if (exitCode !== 0) throw new ToolFailure(`${tool.name} state rm failed in ${target.shown}`, stderr.split('\n'));
}
