import type { HostNetwork, HostServer } from '../driver.js';
import type { Context } from '../http/route.js';
import { serverTypeNamed } from '../offer/offer.js';
import type { NetworkRecord, PrivateNetRecord, ServerRecord } from '../state/records.js';
import type { Project } from '../state/world.js';
import { allImages } from './images.js';

/** A server as the host driver sees it, at this moment. */
export function hostServer(context: Pick<Context, 'offer' | 'project'>, server: ServerRecord): HostServer {
  const { project } = context;
  const type = serverTypeNamed(context.offer, server.serverType);
  const image = allImages(context).find((candidate) => candidate.id === server.image);
  return {
    project: project.name,
    id: server.id,
    name: server.name,
    image: image?.name ?? image?.description ?? '',
    cores: type.cores,
    memory: type.memory,
    disk: server.primaryDiskSize,
    location: server.location,
    userData: server.userData,
    sshKeys: server.sshKeys,
    ipv4: publicIp(project, server.id, 'ipv4'),
    ipv6: publicIp(project, server.id, 'ipv6'),
    networks: server.privateNets.flatMap((net) => {
      const network = project.networks.get(net.network);
      return network === undefined ? [] : [hostNetwork(network, net)];
    }),
  };
}

/** A place in a network as the host driver sees it. */
export function hostNetwork(network: NetworkRecord, net: PrivateNetRecord): HostNetwork {
  return {
    id: network.id,
    ipRange: network.ipRange,
    ip: net.ip,
    aliasIps: net.aliasIps,
    macAddress: net.macAddress,
  };
}

function publicIp(project: Project, server: number, type: 'ipv4' | 'ipv6'): string | null {
  for (const ip of project.primaryIps.values()) {
    if (ip.server === server && ip.type === type) return ip.ip;
  }
  return null;
}
