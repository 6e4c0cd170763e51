import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { cgroupRoot } from '../run/cgroup.js';

/** What this machine lets hosts do that not every machine does. */
export interface Abilities {
  /** CAP_SYS_RESOURCE: raising limits, growing a mounted ext4. Some sandboxes lack it. */
  readonly raisesLimits: boolean;
  /** The controller `pids` is in cgroup2; on a machine with the older layout it is not. */
  readonly countsProcesses: boolean;
}

/** Of this machine. */
export async function readAbilities(): Promise<Abilities> {
  const status = await readFile('/proc/self/status', 'utf8');
  const controllers = await readFile(join(await cgroupRoot(), 'cgroup.controllers'), 'utf8');
  return { raisesLimits: hasSysResource(status), countsProcesses: controllers.trim().split(' ').includes('pids') };
}

/** Bit 24 of the bounding set, capabilities(7). */
export function hasSysResource(status: string): boolean {
  const set = /^CapBnd:\s*([0-9a-f]+)$/m.exec(status)?.[1] ?? '0';
  return ((BigInt(`0x${set}`) >> 24n) & 1n) === 1n;
}

/** Files that hosts get where something is missing, by path: settings that podman does without it. */
export function filesInstead({ raisesLimits, countsProcesses }: Abilities): Map<string, string> {
  // crun raises a limit to load its program for devices, whatever the limit is; runc does not.
  const engine = raisesLimits ? '' : '[engine]\nruntime = "runc"\n';
  const containers = countsProcesses ? '' : '[containers]\npids_limit = 0\n';
  const content = containers + engine;
  return new Map(content === '' ? [] : [['/etc/containers/containers.conf.d/rehearsal.conf', content]]);
}
