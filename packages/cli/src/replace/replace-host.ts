import type { Host } from '@groundplan/model';
import { readPlan } from '@groundplan/plan';
import { type PlacedChange, placeChanges, type ToolError } from '@groundplan/terraform';
import type { Context } from '../command.js';
import { liftProtection } from '../destroy/lift-protection.js';
import { isLoss } from '../destroy/losses.js';
import { Failure } from '../failure.js';
import { applyPlan } from '../plan/apply-plan.js';
import type { Built } from '../plan/built.js';
import { makePlan } from '../plan/make-plan.js';
import type { ToolSession } from '../plan/tool-session.js';
import { plural } from '../report/report.js';

/** What is to be replaced, and with what. */
export interface Replacement {
  readonly built: Built;
  readonly host: Host;
  /** The volume as well, with the data on it. */
  readonly volume: boolean;
  /** Changes of the topology that were not applied yet are made in the same apply. */
  readonly withPending: boolean;
  /** The user's arguments for Terraform. */
  readonly args: readonly string[];
}

/** What a replacement changes, or why it cannot be planned. */
export interface PlannedReplacement {
  readonly changes: readonly PlacedChange[];
  readonly errors: readonly ToolError[];
}

/** The addresses that Terraform is told to replace. What depends on them follows by itself. */
export function replacedAddresses({ built, host, volume }: Replacement): string[] {
  const wanted = [`hcloud_server.${host.key}`, ...(volume ? [`hcloud_volume.${host.key}`] : [])];
  return wanted.filter((address) => Object.hasOwn(built.made.trace.addresses, address));
}

/**
 * Looks at what is there; nothing is changed. Whatever else is waiting to be applied would be made as well: it is refused, unless it is
 * asked for, or is of this host, whose last apply may have failed because of what it is replaced for.
 *
 * @throws Failure when something is pending, or something else would be lost
 */
export async function planReplacement(
  session: ToolSession,
  replacement: Replacement,
  context: Context,
): Promise<PlannedReplacement> {
  const { host, args, withPending } = replacement;
  const planned = (more: readonly string[]) => plannedChanges(session, [...args, ...more], replacement, context);
  if (!withPending) {
    const { changes, errors } = await planned([]);
    if (errors.length > 0) return { changes, errors };
    refusePending(
      changes.filter((change) => !isOf(host, change)),
      host,
    );
  }
  return plan(planned, replacement);
}

async function plan(
  planned: (more: readonly string[]) => Promise<PlannedReplacement>,
  replacement: Replacement,
): Promise<PlannedReplacement> {
  const wanted = replacedAddresses(replacement);
  const { changes, errors } = await planned(wanted.map((address) => `-replace=${address}`));
  if (errors.length > 0) return { changes, errors };
  const [other] = changes.filter((change) => isLoss(change) && !wanted.includes(change.address));
  if (other !== undefined)
    throw new Failure(`the plan would also ${other.action} ${other.address}: nothing was replaced`);
  refuseToMove(changes, replacement.host);
  return { changes, errors };
}

/**
 * A location that was changed in the topology moves no server that is there, but a new one is made in the new place: its old one would be
 * gone before Hetzner refuses to attach a volume, or an address, that stays where it is.
 */
function refuseToMove(changes: readonly PlacedChange[], { key, name, tier, location, volume }: Host): void {
  const from = changes.find(({ address }) => address === `hcloud_server.${key}`)?.before?.location;
  if (typeof from !== 'string' || from === location || (tier === 'app' && volume === undefined)) return;
  const stays = volume === undefined ? 'addresses' : 'volume';
  throw new Failure(
    `${name} is in ${from} and would be made anew in ${location}, where its ${stays} cannot follow: nothing was replaced`,
  );
}

async function plannedChanges(
  session: ToolSession,
  args: readonly string[],
  { built: { made, target } }: Replacement,
  context: Context,
): Promise<PlannedReplacement> {
  const { shown, errors } = await makePlan(session, args, target, context);
  return { changes: placeChanges(made, readPlan(shown)), errors };
}

/** Whether it is a part of the host: its server, its volume, what sends its configuration. */
export function isOf({ key }: Host, { name }: PlacedChange): boolean {
  return name === key || name.startsWith(`${key}_`);
}

function refusePending(pending: readonly PlacedChange[], { name }: Host): void {
  const [first] = pending;
  if (first === undefined) return;
  const others = pending.length === 1 ? '' : ` and ${pending.length - 1} more`;
  throw new Failure(
    `${plural(pending.length, 'change')} of the topology ${pending.length === 1 ? 'is' : 'are'} not applied yet (${first.address}${others}; "groundplan plan" shows all): apply first, or add --with-pending to make them together with the new ${name}`,
  );
}

/**
 * Replaces what the user has seen and agreed to, and nothing else; what came up since then is a reason to stop before anything is
 * done. It can be run again after an interruption.
 *
 * @returns why it did not come to its end; nothing when the host is there again
 * @throws Failure when the tool cannot do its work, or the user interrupted
 */
export async function replaceHost(
  session: ToolSession,
  agreed: readonly PlacedChange[],
  replacement: Replacement,
  context: Context,
): Promise<readonly ToolError[]> {
  const { built, args } = replacement;
  const wanted = replacedAddresses(replacement);
  const { changes, errors } = await plan(
    (more) => plannedChanges(session, [...args, ...more], replacement, context),
    replacement,
  );
  if (errors.length > 0) return errors;
  const known = new Set(agreed.map(done));
  const [added] = changes.filter((change) => !known.has(done(change)));
  if (added !== undefined)
    throw new Failure(`${added.address} changed in the meantime: nothing was replaced, start again`);
  // The last thing before: what is refused until here leaves everything as protected as it was.
  await liftProtection(
    changes.filter(({ address, action }) => wanted.includes(address) && action === 'replace'),
    session,
    context,
  );
  return applyPlan(session, 'apply', args, built.target, context);
}

function done({ address, action }: PlacedChange): string {
  return `${action} ${address}`;
}
