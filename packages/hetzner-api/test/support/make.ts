import type {
  ActionShape,
  FirewallShape,
  FloatingIpShape,
  NetworkShape,
  PlacementGroupShape,
  PrimaryIpShape,
  ServerShape,
  SshKeyShape,
  VolumeShape,
  ZoneShape,
} from '@groundplan/hetzner-api';
import { type Client, succeeded } from './client.js';

/** What POST /servers answers. */
export interface ServerCreated {
  readonly server: ServerShape;
  readonly action: ActionShape;
  readonly next_actions: readonly ActionShape[];
  readonly root_password: string | null;
}

/** The least a server needs. */
export const smallServer = { name: 'web-0', server_type: 'cx33', image: 'debian-12', location: 'fsn1' };

/** A public key that `ssh-keygen` made. */
export const publicKey =
  'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIBC+M6IO/TRjYf34wk8c6C3yRbe/bE0Iz0r7zY9CLlBz ops@example.com';

export async function makeServer(client: Client, more: object = {}): Promise<ServerShape> {
  return succeeded(await client.post<ServerCreated>('/servers', { ...smallServer, ...more })).server;
}

export async function readServer(client: Client, id: number): Promise<ServerShape> {
  return succeeded(await client.get<{ server: ServerShape }>(`/servers/${id}`)).server;
}

/** A server that is off. */
export async function makeStoppedServer(client: Client, more: object = {}): Promise<ServerShape> {
  return makeServer(client, { start_after_create: false, ...more });
}

/** 10.10.0.0/16 with the subnet 10.10.1.0/24 in eu-central. */
export async function makeNetwork(client: Client, more: object = {}): Promise<NetworkShape> {
  const body = {
    name: 'shop',
    ip_range: '10.10.0.0/16',
    subnets: [{ type: 'cloud', ip_range: '10.10.1.0/24', network_zone: 'eu-central' }],
    ...more,
  };
  return succeeded(await client.post<{ network: NetworkShape }>('/networks', body)).network;
}

export async function makeVolume(client: Client, more: object = {}): Promise<VolumeShape> {
  const body = { name: 'data', size: 10, location: 'fsn1', ...more };
  return succeeded(await client.post<{ volume: VolumeShape }>('/volumes', body)).volume;
}

export async function makeFloatingIp(client: Client, more: object = {}): Promise<FloatingIpShape> {
  const body = { name: 'edge', type: 'ipv4', home_location: 'fsn1', ...more };
  return succeeded(await client.post<{ floating_ip: FloatingIpShape }>('/floating_ips', body)).floating_ip;
}

export async function makePrimaryIp(client: Client, more: object = {}): Promise<PrimaryIpShape> {
  const body = { name: 'kept', type: 'ipv4', location: 'fsn1', ...more };
  return succeeded(await client.post<{ primary_ip: PrimaryIpShape }>('/primary_ips', body)).primary_ip;
}

export async function makeFirewall(client: Client, more: object = {}): Promise<FirewallShape> {
  const body = { name: 'web', rules: [], ...more };
  return succeeded(await client.post<{ firewall: FirewallShape }>('/firewalls', body)).firewall;
}

export async function makePlacementGroup(client: Client, name = 'spread'): Promise<PlacementGroupShape> {
  const body = { name, type: 'spread' };
  return succeeded(await client.post<{ placement_group: PlacementGroupShape }>('/placement_groups', body))
    .placement_group;
}

export async function makeSshKey(client: Client, more: object = {}): Promise<SshKeyShape> {
  const body = { name: 'ops', public_key: publicKey, ...more };
  return succeeded(await client.post<{ ssh_key: SshKeyShape }>('/ssh_keys', body)).ssh_key;
}

export async function makeZone(client: Client, more: object = {}): Promise<ZoneShape> {
  const body = { name: 'example.com', mode: 'primary', ...more };
  return succeeded(await client.post<{ zone: ZoneShape }>('/zones', body)).zone;
}
