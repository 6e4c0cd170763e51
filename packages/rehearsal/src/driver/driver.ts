import type { HostDriver, HostNetwork, HostServer } from '@groundplan/hetzner-api';
import { type Gate, makeGate } from '../gate.js';
import { type Host, makeHost } from '../host/host.js';
import { seedFiles } from '../host/seed.js';
import type { Image } from '../image/image.js';
import { addNamespace, removeNamespace } from '../network/namespace.js';
import { endSettings, type Network } from '../network/network.js';
import { publicMacOf } from '../network/segment-commands.js';
import type { Run } from '../run/run.js';
import { type Volumes, volumeDevice } from '../volume/volumes.js';
import { addressesOf, isPublic, nicFile, type PlacedNic, placeNic, portOf, type Server } from './server.js';
import { untilNetworksAreReread, untilSettled } from './settled.js';

export interface DriverOptions {
  readonly run: Run;
  readonly network: Network;
  readonly volumes: Volumes;
  /** The image for one of Hetzner's names; rejects for one that cannot be had. */
  readonly imageOf: (name: string) => Promise<Image>;
  /** In every host from its beginning, by path. */
  readonly files: ReadonlyMap<string, string>;
  /** Asked by all hosts. */
  readonly nameservers: readonly string[];
  /** How many hosts come up at the same time; others wait for their turn. */
  readonly bootsAtOnce: number;
}

/** A driver, and the servers that it made. */
export interface Servers {
  readonly driver: HostDriver;
  /** By id, in order of their creation. */
  readonly all: ReadonlyMap<number, Server>;
}

/** Makes the driver that turns servers of the API into hosts. */
export function makeServers(options: DriverOptions): Servers {
  const all = new Map<number, Server>();
  const gate = makeGate(options.bootsAtOnce);

  const serverOf = ({ id, name }: HostServer): Server => {
    const server = all.get(id);
    if (server === undefined) throw new Error(`there is no host for ${name}`);
    return server;
  };

  const driver: HostDriver = {
    async create(order) {
      all.set(order.id, await create(options, order));
    },
    async delete(order) {
      const server = all.get(order.id);
      if (server === undefined) return;
      await server.host.remove();
      for (const volume of server.volumes) await options.volumes.detach(volume);
      await forgetAddresses(options.network, server);
      all.delete(order.id);
    },
    powerOn: async (order) => powerOn(serverOf(order).host, gate),
    powerOff: async (order) => serverOf(order).host.powerLoss(),
    shutdown: async (order) => serverOf(order).host.shutdown(),
    async attachVolume(order, volume) {
      const server = serverOf(order);
      await server.host.devices.add(volumeDevice(volume.id), await options.volumes.attach(volume));
      server.volumes.add(volume.id);
    },
    async detachVolume(order, volume) {
      const server = serverOf(order);
      await server.host.devices.remove(volumeDevice(volume.id));
      await options.volumes.detach(volume.id);
      server.volumes.delete(volume.id);
    },
    resizeVolume: async (_, volume) => options.volumes.grow(volume.id, volume.size),
    attachNetwork: async (order, network) => attachNetwork(options, serverOf(order), network),
    detachNetwork: async (order, network) => detachNetwork(options, serverOf(order), network),
    async changeAliasIps(order, network) {
      const nic = serverOf(order).privateNics.get(network.id);
      if (nic === undefined) return;
      const segment = await options.network.privateNetwork(network.id, network.ipRange);
      for (const ip of nic.network.aliasIps) await segment.unlead(ip);
      for (const ip of network.aliasIps) await segment.lead(ip, portOf(order.id));
      serverOf(order).privateNics.set(network.id, { ...nic, network });
    },
    assignFloatingIp: async (order, { ip }) => options.network.internet.lead(ip, portOf(order.id)),
    unassignFloatingIp: async (_, { ip }) => options.network.internet.unlead(ip),
  };
  return { driver, all };
}

/** Makes a host that is off. */
async function create(options: DriverOptions, order: HostServer): Promise<Server> {
  const { run, network, nameservers } = options;
  const image = await options.imageOf(order.image);
  const namespace = `${run.prefix}${order.name}-${order.id}`;
  const privateNics = new Map<number, PlacedNic>();
  const ipv4 = order.ipv4 ?? undefined;
  const ipv6 = order.ipv6 ?? undefined;
  const host = await makeHost({
    run,
    image,
    key: portOf(order.id),
    name: order.name,
    namespace,
    plug: () => plugIn(network, server),
    unplug: () => plugOut(network, server),
  });
  const server: Server = { id: order.id, host, ipv4, ipv6, privateNics, volumes: new Set() };
  const publicNic = isPublic(order) ? { ipv4, ipv6 } : undefined;
  const files = seedFiles({ ...order, serverId: order.id, publicNic, nameservers }, run.id);
  for (const [path, content] of [...options.files, ...files])
    await host.writeFile(path, content, path.endsWith('user-data') ? '0600' : '0644');
  for (const address of [ipv4, ipv6]) {
    if (address !== undefined) await network.internet.lead(address, portOf(order.id));
  }
  for (const each of order.networks) await attachNetwork(options, server, each);
  return server;
}

/** Makes the namespace of a host that is about to boot, with a cable to every network that it is in. */
async function plugIn(network: Network, { id, host, ipv4, ipv6, privateNics }: Server): Promise<void> {
  const { namespace } = host;
  const port = portOf(id);
  await addNamespace(namespace, endSettings);
  if (ipv4 !== undefined || ipv6 !== undefined) {
    await network.internet.plug({ port, nic: { namespace, device: 'eth0', macAddress: publicMacOf(id) } });
  }
  for (const nic of privateNics.values()) await plugNic(network, port, namespace, nic);
}

async function plugNic(network: Network, port: string, namespace: string, nic: PlacedNic): Promise<void> {
  const segment = await network.privateNetwork(nic.network.id, nic.network.ipRange);
  await segment.plug({ port, nic: { namespace, device: nic.device, macAddress: nic.network.macAddress } });
}

async function plugOut(network: Network, { id, host }: Server): Promise<void> {
  await network.unplugEverywhere(portOf(id));
  await removeNamespace(host.namespace);
}

async function attachNetwork({ network }: DriverOptions, server: Server, joined: HostNetwork): Promise<void> {
  const nic = placeNic(server.privateNics.values(), joined);
  const segment = await network.privateNetwork(joined.id, joined.ipRange);
  for (const address of addressesOf(nic)) await segment.lead(address, portOf(server.id));
  const { path, content } = nicFile(nic);
  await server.host.writeFile(path, content);
  server.privateNics.set(joined.id, nic);
  if (!server.host.isOn()) return;
  await plugNic(network, portOf(server.id), server.host.namespace, nic);
  await untilNetworksAreReread(server.host);
}

async function detachNetwork({ network }: DriverOptions, server: Server, left: HostNetwork): Promise<void> {
  const nic = server.privateNics.get(left.id);
  if (nic === undefined) return;
  server.privateNics.delete(left.id);
  const segment = await network.privateNetwork(left.id, left.ipRange);
  await segment.unplug(portOf(server.id));
  for (const address of addressesOf(nic)) await segment.unlead(address);
}

async function forgetAddresses(network: Network, server: Server): Promise<void> {
  for (const address of [server.ipv4, server.ipv6]) {
    if (address !== undefined) await network.internet.unlead(address);
  }
  for (const nic of server.privateNics.values()) {
    const segment = await network.privateNetwork(nic.network.id, nic.network.ipRange);
    for (const address of addressesOf(nic)) await segment.unlead(address);
  }
}

/** Over when the host is on, as at Hetzner; its turn lasts until its system is up. */
async function powerOn(host: Host, gate: Gate): Promise<void> {
  if (host.isOn()) return;
  const leave = await gate.enter();
  try {
    await host.boot();
  } catch (error) {
    leave();
    throw error;
  }
  untilSettled(host).then(leave, leave);
}
