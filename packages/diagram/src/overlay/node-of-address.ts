import { isPair, type Model, tierOf } from '@groundplan/model';
import {
  arbiterId,
  bucketId,
  dnsId,
  entityId,
  floatingIpId,
  hostId,
  type NodeId,
  regionId,
  volumeId,
} from '../node-id.js';

/** What an address means in the picture. */
export interface AddressNode {
  readonly id: NodeId;
  /** Whether it is the thing itself, not only a part of it, such as the address of a server. */
  readonly isMain: boolean;
}

/** Nodes by the Terraform address of what they show. */
export interface AddressBook {
  /** The node of an address; undefined for what is not drawn, and for what the topology no longer has. */
  readonly find: (address: string) => AddressNode | undefined;
  /** The stack of each host that is one of a stack. */
  readonly stackOf: ReadonlyMap<NodeId, Readonly<Stack>>;
}

interface Stack {
  readonly id: NodeId;
  /** How many it has. */
  hosts: number;
}

/** Terraform addresses are made of first names and types alone, so that they can be told by the model. */
export function addressBook(model: Model): AddressBook {
  const nodes = new Map<string, AddressNode>();
  const main = (address: string, id: NodeId) => nodes.set(address, { id, isMain: true });
  const part = (address: string, id: NodeId) => nodes.set(address, { id, isMain: false });
  const stacks = stacksOf(model);
  for (const host of model.hosts) {
    main(`hcloud_server.${host.key}`, hostId(host));
    for (const version of versions) part(`hcloud_primary_ip.${host.key}_${version}`, hostId(host));
    part(`terraform_data.${host.key}_push`, hostId(host));
    if (host.volume === undefined) continue;
    main(`hcloud_volume.${host.key}`, volumeId(host));
    part(`hcloud_volume_attachment.${host.key}`, volumeId(host));
  }
  for (const region of model.regions) {
    main(`hcloud_network.${region.firstName}`, regionId(region));
    part(`hcloud_network_subnet.${region.firstName}`, regionId(region));
    for (const balancer of model.loadBalancers.filter(isPair)) {
      for (const version of versions) {
        const key = `${region.firstName}_lb_${balancer.firstName}_${version}`;
        main(`hcloud_floating_ip.${key}`, floatingIpId(balancer, region));
      }
    }
  }
  if (model.arbiter !== undefined) {
    for (const type of ['hcloud_network', 'hcloud_network_subnet']) part(`${type}.arbiter_network`, arbiterId);
  }
  for (const bucket of model.buckets) main(`minio_s3_bucket.${bucket.firstName}`, bucketId(bucket));
  const buckets = new Map(model.buckets.map((bucket) => [bucket.firstName, bucketId(bucket)]));
  return {
    find: (address) => nodes.get(address) ?? byPattern(model, address, buckets, stacks.byKey),
    stackOf: stacks.byHost,
  };
}

const versions = ['ipv4', 'ipv6'] as const;

/** What has a name of its own making: records, parts of buckets, spread groups, and hosts that are no more. */
function byPattern(
  { dns }: Model,
  address: string,
  buckets: ReadonlyMap<string, NodeId>,
  stacks: ReadonlyMap<string, Stack>,
): AddressNode | undefined {
  const [type = '', name = ''] = address.split('.');
  if (/^(?:hcloud_zone|hcloud_zone_rrset|cloudflare_dns_record)$/.test(type)) {
    return dns === undefined ? undefined : { id: dnsId, isMain: type === 'hcloud_zone' };
  }
  const bucket = type.startsWith('minio_s3_') ? buckets.get(name) : undefined;
  if (bucket !== undefined) return { id: bucket, isMain: false };
  const [, key = ''] = /^([^_]+_(?:lb|app|db|sto)_[^_]+)_/.exec(name) ?? [];
  const stack = stacks.get(key);
  return stack && { id: stack.id, isMain: type === 'hcloud_server' || type === 'hcloud_volume' };
}

function stacksOf(model: Model): { byHost: Map<NodeId, Stack>; byKey: Map<string, Stack> } {
  const byHost = new Map<NodeId, Stack>();
  const byKey = new Map<string, Stack>();
  // An app that has no servers left in a region is still drawn there.
  for (const entity of [...model.loadBalancers, ...model.apps, ...model.databases, ...model.storages]) {
    for (const { region } of entity.inRegions) {
      const key = `${region.firstName}_${tierOf[entity.kind]}_${entity.firstName}`;
      byKey.set(key, { id: entityId(region, entity), hosts: 0 });
    }
  }
  for (const host of model.hosts) {
    const stack = byKey.get(host.key.replace(/_\d+$/, ''));
    if (stack === undefined) continue;
    stack.hosts += 1;
    byHost.set(hostId(host), stack);
  }
  return { byHost, byKey };
}
