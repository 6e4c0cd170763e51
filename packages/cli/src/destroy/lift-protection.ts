import { setTimeout as sleep } from 'node:timers/promises';
import type { PlannedChange } from '@groundplan/plan';
import type { Context } from '../command.js';
import { Failure } from '../failure.js';
import { ApiRefusal, type CallApi, openApi, recordOf } from '../hetzner/api.js';
import type { ToolSession } from '../plan/tool-session.js';

/** Where the API has what Hetzner can protect; servers have a second protection, which it wants to be like the first. */
const paths: Readonly<Record<string, string>> = {
  hcloud_floating_ip: 'floating_ips',
  hcloud_network: 'networks',
  hcloud_primary_ip: 'primary_ips',
  hcloud_server: 'servers',
  hcloud_volume: 'volumes',
  hcloud_zone: 'zones',
};

/**
 * Lifts Hetzner's protection of everything that a plan would destroy, by asking the API itself. Terraform would lift it with
 * `apply -var 'unprotected=["*"]'`, but not it alone: without `-target` that makes every other pending change of the topology as well,
 * with it also what the targets depend on, so that servers order a key or an address that is not there yet; and what is in the
 * state but no longer in the topology it would not unprotect but destroy, volume after volume, until Hetzner refuses [seen, both
 * tools]. The state learns of it when the destroy is planned.
 *
 * @throws Failure when there is no token, the API refuses, or the user interrupted
 */
export async function liftProtection(
  changes: readonly PlannedChange[],
  { stopIfInterrupted }: ToolSession,
  { variables, progress }: Context,
): Promise<void> {
  const shielded = changes.filter(isProtected);
  if (shielded.length === 0) return;
  const tokenName = variables.TF_VAR_hcloud_token ? 'TF_VAR_hcloud_token' : 'HCLOUD_TOKEN';
  const token = variables[tokenName];
  if (!token) throw new Failure('set TF_VAR_hcloud_token: protection is lifted by asking Hetzner, not by Terraform');
  const call = openApi(variables, token, tokenName);
  await progress('lifting protection', async () => {
    for (const change of shielded) {
      stopIfInterrupted();
      await lift(call, change, stopIfInterrupted);
    }
  });
}

function isProtected({ type, before }: PlannedChange): boolean {
  return Object.hasOwn(paths, type) && (before?.delete_protection === true || before?.rebuild_protection === true);
}

/** Hetzner does one thing after the other: what has something else going on is asked again. */
const mostAttempts = 30;
const betweenAttempts = 1000;

async function lift(call: CallApi, { type, before }: PlannedChange, stopIfInterrupted: () => void): Promise<void> {
  const path = `/${paths[type]}/${encodeURIComponent(String(before?.id))}/actions/change_protection`;
  const wanted = type === 'hcloud_server' ? { delete: false, rebuild: false } : { delete: false };
  for (let attempt = 1; ; attempt++) {
    try {
      await finished(call, await call(path, wanted), stopIfInterrupted);
      return;
    } catch (error) {
      const isBusy = error instanceof ApiRefusal && ['conflict', 'locked', 'rate_limit_exceeded'].includes(error.code);
      if (!isBusy || attempt === mostAttempts) throw error;
      await sleep(betweenAttempts);
      stopIfInterrupted();
    }
  }
}

/** Far longer than it takes to change a flag. */
const mostLooks = 240;
const betweenLooks = 250;

/** Waits for the end of the action that the API answered with. */
async function finished(call: CallApi, answer: unknown, stopIfInterrupted: () => void): Promise<void> {
  for (let action = recordOf(recordOf(answer).action), look = 1; ; look++) {
    if (action.status === 'success') return;
    if (action.status === 'error' || look === mostLooks) {
      const { message } = recordOf(action.error);
      throw new Failure(
        `Hetzner did not lift the protection: ${typeof message === 'string' ? message : 'no reason given'}`,
      );
    }
    await sleep(betweenLooks);
    stopIfInterrupted();
    action = recordOf(recordOf(await call(`/actions/${action.id}`)).action);
  }
}
