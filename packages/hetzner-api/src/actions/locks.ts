import { conflict, isLocked } from '../http/errors.js';
import type { Context } from '../http/route.js';

/** Commands that go on beside others on the same server. All others lock it while they run. */
const harmlessToServers: ReadonlySet<string> = new Set([
  'apply_firewall',
  'remove_firewall',
  'set_firewall_rules',
  'change_dns_ptr',
  'change_protection',
]);

/** Commands that change a network itself, as opposed to attaching something to it. */
const networkChanges: ReadonlySet<string> = new Set([
  'add_subnet',
  'delete_subnet',
  'add_route',
  'delete_route',
  'change_ip_range',
  'change_protection',
]);

/** Whether an action is running that locks the server. */
export function isServerLocked(context: Pick<Context, 'actions' | 'project'>, id: number): boolean {
  return isBusy(context, 'server', id, (command) => !harmlessToServers.has(command));
}

/** Throws `locked` while an action is running on the server that allows no other beside it. */
export function refuseLockedServer(context: Context, id: number): void {
  if (isServerLocked(context, id)) throw isLocked('server');
}

/** Throws `locked` while an action is running on the volume. */
export function refuseLockedVolume(context: Context, id: number): void {
  if (isBusy(context, 'volume', id, () => true)) throw isLocked('volume');
}

/** Throws `conflict` while the network is being changed. */
export function refuseChangingNetwork(context: Context, id: number): void {
  if (isBusy(context, 'network', id, (command) => networkChanges.has(command))) throw conflict('network');
}

function isBusy(
  { actions, project }: Pick<Context, 'actions' | 'project'>,
  type: string,
  id: number,
  counts: (command: string) => boolean,
): boolean {
  for (const running of actions.running) {
    if (
      running.project === project &&
      counts(running.action.command) &&
      running.action.resources.some((resource) => resource.type === type && resource.id === id)
    ) {
      return true;
    }
  }
  return false;
}
