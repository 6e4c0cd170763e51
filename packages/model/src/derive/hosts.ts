import type { App, Arbiter, Database, Host, InRegion, LoadBalancer, SharedStorage } from '../model.js';
import { type Ipv4Range, parseRange } from '../values/ipv4.js';
import { addressOf, arbiterAddress, blockOf } from './address-plan.js';
import { arbiterKey, arbiterName, hostKey, hostName, tierOf } from './names.js';

type Entity = LoadBalancer | App | Database | SharedStorage;

/** The disk of a storage host that only breaks ties holds names, not data: Hetzner's smallest volume. */
const tieBreakerGigabytes = 10;

/** Every server of the topology, sorted by key. */
export function deriveHosts(topology: string, entities: readonly Entity[], arbiter: Arbiter | undefined): Host[] {
  const hosts = entities.flatMap((entity) => entity.inRegions.flatMap((place) => hostsIn(topology, entity, place)));
  if (arbiter !== undefined) hosts.push(arbiterHost(topology, arbiter));
  return hosts.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0));
}

function hostsIn(topology: string, entity: Entity, { region, count, type }: InRegion): Host[] {
  const tier = tierOf[entity.kind];
  const range = parseRange(region.cidr.value) as Ipv4Range;
  const block = blockOf(tier, range.prefix, entity.firstName, entity.slot?.value);
  return Array.from({ length: count.value }, (_, index) => {
    const ordinal = index + 1;
    return {
      name: hostName(topology, region.name, tier, entity.name, ordinal),
      key: hostKey(region.firstName, tier, entity.firstName, ordinal),
      tier,
      region,
      entity,
      ordinal,
      location: region.location.value,
      type,
      address: addressOf(range, tier, block, ordinal),
      stateful: entity.kind === 'database' || entity.kind === 'storage',
      volume: volumeOf(entity, ordinal),
      span: count.origin.kind === 'default' ? entity.keySpan : count.origin.span,
    };
  });
}

function volumeOf(entity: Entity, ordinal: number): Host['volume'] {
  if (entity.kind === 'database') return entity.volume;
  if (entity.kind !== 'storage') return undefined;
  if (ordinal <= entity.replicas.data.value) return entity.volume;
  return {
    size: {
      value: tieBreakerGigabytes,
      origin: { kind: 'default', span: entity.keySpan, because: 'the tie-breaker keeps names only' },
    },
    filesystem: entity.volume.filesystem,
  };
}

function arbiterHost(topology: string, arbiter: Arbiter): Host {
  return {
    name: arbiterName(topology),
    key: arbiterKey,
    tier: 'arbiter',
    region: undefined,
    entity: undefined,
    ordinal: 1,
    location: arbiter.location.value,
    type: arbiter.type,
    address: arbiterAddress(parseRange(arbiter.cidr.value) as Ipv4Range),
    stateful: false,
    volume: undefined,
    span: arbiter.keySpan,
  };
}
