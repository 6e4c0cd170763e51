import type { HostStep } from '../actions/lifecycle.js';
import { beginAndRender } from '../actions/routes.js';
import type { HostDriver, HostServer } from '../driver.js';
import { refused } from '../http/errors.js';
import type { Context, Route } from '../http/route.js';
import type { Effect, ServerRecord, ServerStatus } from '../state/records.js';
import { hostServer } from './hosts.js';
import { about, exclusive, type ServerAction } from './server-action.js';
import { noInterfaceFailure } from './server-create.js';

/** Refuses with `server_not_stopped` unless the server is off. */
export function refuseRunning(server: ServerRecord): void {
  if (server.status !== 'off') throw refused('server_not_stopped', 'Server must be offline for this action');
}

function becomes(server: ServerRecord, status: ServerStatus): Effect {
  return { kind: 'server-status', server: server.id, status };
}

/** The steps of a host, one after the other. */
function inTurn(...steps: readonly ((driver: HostDriver, host: HostServer) => Promise<void> | undefined)[]) {
  return (context: Context, server: ServerRecord): HostStep =>
    (driver) => {
      let before: Promise<void> | undefined;
      for (const step of steps) {
        const run = (): Promise<void> | undefined => step(driver, hostServer(context, server));
        before = before === undefined ? run() : before.then(run);
      }
      return before;
    };
}

interface PowerChange {
  readonly command: string;
  /** Status while it goes on. */
  readonly meanwhile: ServerStatus;
  readonly afterwards: ServerStatus;
  readonly host: (context: Context, server: ServerRecord) => HostStep;
}

/** An action that changes the power; one that finds the power as it should be succeeds as well. */
function power(change: PowerChange): ServerAction {
  return (context, server) => {
    const before = server.status;
    const starts = change.afterwards === 'running';
    return {
      action: beginAndRender(context, {
        command: change.command,
        resources: about(server),
        apply: () => {
          if (before !== change.afterwards) server.status = change.meanwhile;
        },
        onSuccess: becomes(server, change.afterwards),
        onFailure: becomes(server, before),
        host: change.host(context, server),
        ...(starts ? noInterfaceFailure(context, server) : {}),
      }),
    };
  };
}

/** Only a running server can be rebooted. */
function whenRunning(act: ServerAction): ServerAction {
  return (context, server) => {
    if (server.status !== 'running') throw refused('service_error', 'Server must be running for this action');
    return act(context, server);
  };
}

const powerOff = inTurn((driver, host) => driver.powerOff(host));
const shutdown = inTurn((driver, host) => driver.shutdown(host));
const powerOn = inTurn((driver, host) => driver.powerOn(host));

/**
 * poweron, poweroff, shutdown, reboot, reset. At Hetzner a shutdown is over when the request was sent to the system;
 * without hosts every system obeys at once.
 */
export const serverPowerRoutes: readonly Route[] = [
  exclusive('poweron', power({ command: 'start_server', meanwhile: 'starting', afterwards: 'running', host: powerOn })),
  exclusive('poweroff', power({ command: 'stop_server', meanwhile: 'stopping', afterwards: 'off', host: powerOff })),
  exclusive(
    'shutdown',
    power({ command: 'shutdown_server', meanwhile: 'stopping', afterwards: 'off', host: shutdown }),
  ),
  exclusive(
    'reboot',
    whenRunning(
      power({
        command: 'reboot_server',
        meanwhile: 'running',
        afterwards: 'running',
        host: inTurn(
          (driver, host) => driver.shutdown(host),
          (driver, host) => driver.powerOn(host),
        ),
      }),
    ),
  ),
  exclusive(
    'reset',
    whenRunning(
      power({
        command: 'reset_server',
        meanwhile: 'running',
        afterwards: 'running',
        host: inTurn(
          (driver, host) => driver.powerOff(host),
          (driver, host) => driver.powerOn(host),
        ),
      }),
    ),
  ),
];
