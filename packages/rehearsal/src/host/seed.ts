import { createHash } from 'node:crypto';
import { networkConfig, type PublicNic } from './network-config.js';

/** What a server is told at its first boot. */
export interface Order {
  readonly serverId: number;
  readonly name: string;
  /** As it was ordered, to the byte. */
  readonly userData: string;
  /** Public halves of SSH keys for root. */
  readonly sshKeys: readonly string[];
  readonly publicNic: PublicNic | undefined;
  readonly nameservers: readonly string[];
}

const folder = '/var/lib/cloud/seed/nocloud';

/**
 * Files that are in a host before it boots the first time, by path: cloud-init's seed, and the machine's identity, which is
 * different for each server of each run.
 */
export function seedFiles(order: Order, run: string): Map<string, string> {
  const metaData = {
    'instance-id': String(order.serverId),
    'local-hostname': order.name,
    'public-keys': order.sshKeys,
  };
  return new Map([
    [`${folder}/user-data`, order.userData],
    [`${folder}/meta-data`, `${JSON.stringify(metaData, null, 2)}\n`],
    [`${folder}/network-config`, networkConfig(order.publicNic, order.nameservers)],
    ['/etc/hostname', `${order.name}\n`],
    ['/etc/machine-id', `${machineId(run, order.serverId)}\n`],
  ]);
}

/** 32 hexadecimal digits, machine-id(5). */
function machineId(run: string, serverId: number): string {
  return createHash('sha256').update(`${run}/${serverId}`).digest('hex').slice(0, 32);
}
