import type { Bucket, External, Host, Model, Region } from '@groundplan/model';
import { arbiterId, bucketId, dnsId, externalId, hostId, type NodeId, regionId, volumeId } from '../node-id.js';
import { failableIds, tunnelsId } from './failable.js';
import { type Place, type Plant, plantOf } from './plant.js';
import { isStateful, type Site } from './sites.js';

/** A topology in which something has failed: what is gone, before any part has reacted. */
export interface World {
  readonly plant: Plant;
  readonly model: Model;
  /** Ids of what failed, as they were given, sorted. */
  readonly failed: readonly NodeId[];
  readonly unknown: readonly string[];
  readonly isDead: (host: Host) => boolean;
  readonly isRegionDead: (region: Region) => boolean;
  /** Its disk is lost, or its host is gone with it. */
  readonly hasLostVolume: (host: Host) => boolean;
  readonly isTargetDead: (target: Bucket | External) => boolean;
  readonly isDnsApiDown: boolean;
  /** The tunnels that carry nothing: cut, or an end of them is gone. */
  readonly deadLinks: ReadonlySet<NodeId>;
  /** Whether two sites reach each other through the tunnel, by others if need be. A site reaches itself. */
  readonly reaches: (one: Site, other: Site) => boolean;
}

/** The world after `failed`; what cannot fail is set aside. */
export function worldOf(model: Model, failed: readonly NodeId[]): World {
  const plant = plantOf(model);
  const known = failableIds(model);
  const given = [...new Set(failed)].sort();
  const gone = new Set(given.filter((id) => known.has(id)));
  const isRegionDead = (region: Region) => gone.has(regionId(region));
  const ofTiers = new Set([...gone].flatMap((id) => plant.placesById.get(id)?.hosts ?? []));
  const deadHosts = new Set(model.hosts.filter((host) => ofTiers.has(host) || isGone(gone, host)));
  const isDead = (host: Host) => deadHosts.has(host);
  const deadLinks = deadLinksOf(plant, gone, isDead);
  const groups = groupsOf(plant, deadLinks);
  return {
    plant,
    model,
    failed: [...gone],
    unknown: given.filter((id) => !known.has(id)),
    isDead,
    isRegionDead,
    hasLostVolume: (host) => gone.has(volumeId(host)),
    isTargetDead: (target) => gone.has(target.kind === 'bucket' ? bucketId(target) : externalId(target)),
    isDnsApiDown: gone.has(dnsId),
    deadLinks,
    reaches: (one, other) => one === other || (groups.has(one) && groups.get(one) === groups.get(other)),
  };
}

function isGone(gone: ReadonlySet<NodeId>, host: Host): boolean {
  if (gone.has(hostId(host))) return true;
  if (host.region === undefined) return gone.has(arbiterId);
  return gone.has(regionId(host.region));
}

function deadLinksOf(plant: Plant, gone: ReadonlySet<NodeId>, isDead: World['isDead']): Set<NodeId> {
  const isCutOff = (site: Site) => site !== 'arbiter' && gone.has(tunnelsId(site));
  const isSilent = (site: Site) => membersOf(plant, site).every(isDead) || isCutOff(site);
  return new Set(plant.links.filter(({ id, ends }) => gone.has(id) || ends.some(isSilent)).map(({ id }) => id));
}

/** The hosts of a site that are in the tunnel: what holds data, and the arbiter. */
export function membersOf({ places, arbiter }: Plant, site: Site): readonly Host[] {
  if (site === 'arbiter') return arbiter === undefined ? [] : [arbiter];
  return places.filter((place) => place.region === site && isStateful(place)).flatMap(({ hosts }) => hosts);
}

/** The number of the group of sites that reach each other, by site: tinc relays, so that one way is enough. */
function groupsOf({ sites, links }: Plant, deadLinks: ReadonlySet<NodeId>): Map<Site, number> {
  const groups = new Map(sites.map((site, index) => [site, index]));
  for (const { id, ends } of links) {
    if (deadLinks.has(id)) continue;
    const [kept, merged] = ends.map((site) => groups.get(site));
    for (const [site, group] of groups) if (group === merged && kept !== undefined) groups.set(site, kept);
  }
  return groups;
}

export function living({ isDead }: World, { hosts }: Pick<Place, 'hosts'>): Host[] {
  return hosts.filter((host) => !isDead(host));
}
