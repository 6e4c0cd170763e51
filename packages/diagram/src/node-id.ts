import { type Host, type Named, type Region, type Tier, tierOf } from '@groundplan/model';

/**
 * The id of something in the picture. Made of first names, so that it stays when a thing is renamed, and the same in
 * every output: SVG, JSON, Mermaid, the effects of a failure, the overlay of a plan.
 */
export type NodeId = string;

/** The people outside, who come by the names of the routes. */
export const internetId: NodeId = 'internet';

export const dnsId: NodeId = 'dns';

export const arbiterId: NodeId = 'arbiter';

export function regionId(region: Named): NodeId {
  return `region.${region.firstName}`;
}

/** One server. The arbiter's is {@link arbiterId}, since it is drawn as what it is. */
export function hostId(host: Pick<Host, 'key' | 'tier'>): NodeId {
  return host.tier === 'arbiter' ? arbiterId : `host.${host.key}`;
}

/** All servers of an entity in a region: what is drawn as one stack. */
export function tierId(region: Named, tier: Tier, entity: Named): NodeId {
  return `tier.${region.firstName}.${tier}.${entity.firstName}`;
}

/** The {@link tierId} of an entity, whose kind says which tier it is. */
export function entityId(region: Named, entity: NonNullable<Host['entity']>): NodeId {
  return tierId(region, tierOf[entity.kind], entity);
}

/** The disk of a server. */
export function volumeId(host: Pick<Host, 'key'>): NodeId {
  return `volume.${host.key}`;
}

/** The address that moves between the balancers of a region. */
export function floatingIpId(loadBalancer: Named, region: Named): NodeId {
  return `floating-ip.${loadBalancer.firstName}.${region.firstName}`;
}

export function bucketId(bucket: Named): NodeId {
  return `bucket.${bucket.firstName}`;
}

export function externalId(external: Named): NodeId {
  return `external.${external.firstName}`;
}

/** The tunnel between two sites: regions, or a region and the arbiter. The same whichever is named first. */
export function tunnelId(one: Region | 'arbiter', other: Region | 'arbiter'): NodeId {
  const [first, second] = [siteName(one), siteName(other)].sort();
  return `tunnel.${first}.${second}`;
}

function siteName(site: Region | 'arbiter'): string {
  return site === 'arbiter' ? site : site.firstName;
}
