import type { HostNetwork, HostServer } from '@groundplan/hetzner-api';
import type { Host } from '../host/host.js';
import { privateNicFile } from '../host/network-config.js';
import { gatewayOf, privateDevice } from '../network/segment-commands.js';

/** A server of the API with what became of it. */
export interface Server {
  readonly id: number;
  readonly host: Host;
  /** What leads to it on the internet; `undefined` without a public interface. */
  readonly ipv4: string | undefined;
  readonly ipv6: string | undefined;
  /** By the id of the network. */
  readonly privateNics: Map<number, PlacedNic>;
  /** Ids of the volumes that it has. */
  readonly volumes: Set<number>;
}

/** A private interface, with its device in the host. */
export interface PlacedNic {
  readonly network: HostNetwork;
  readonly device: string;
}

/** The name of a server's end of all of its cables, in the routers. */
export function portOf(serverId: number): string {
  return `h${serverId}`;
}

/** A place for one more private interface: the first name that is free. */
export function placeNic(taken: Iterable<PlacedNic>, network: HostNetwork): PlacedNic {
  const devices = new Set([...taken].map(({ device }) => device));
  let index = 0;
  while (devices.has(privateDevice(index))) index += 1;
  return { network, device: privateDevice(index) };
}

/** Everything that the router of the private network leads to an interface. */
export function addressesOf({ network }: PlacedNic): string[] {
  return [network.ip, ...network.aliasIps];
}

/** The interface's configuration as a file of the host. */
export function nicFile({ network, device }: PlacedNic): { readonly path: string; readonly content: string } {
  return privateNicFile({ device, ip: network.ip, ipRange: network.ipRange, gateway: gatewayOf(network.ipRange) });
}

/** Whether a server has a public interface. */
export function isPublic({ ipv4, ipv6 }: Pick<HostServer, 'ipv4' | 'ipv6'>): boolean {
  return ipv4 !== null || ipv6 !== null;
}
