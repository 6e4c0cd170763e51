import type { Model } from '@groundplan/model';
import { arbiterId, bucketId, dnsId, externalId, hostId, type NodeId, regionId, volumeId } from '../node-id.js';
import { providerName } from './clock.js';
import { type Plant, plantOf } from './plant.js';
import type { Site } from './sites.js';
import { allOf, entityWords } from './words.js';

/** Something that can fail. */
export interface FailableThing {
  /** A node, or `region.<region>.tunnels`: every tunnel of a region, whose way to the internet stays. */
  readonly id: NodeId;
  /** As it reads in "… fails": `helsinki`, `the tunnel between falkenstein and helsinki`. */
  readonly title: string;
}

const known = new WeakMap<Model, readonly FailableThing[]>();

/** Everything of a topology that can be made to fail, the large things first; kept for each model. */
export function failableThings(model: Model): readonly FailableThing[] {
  const kept = known.get(model);
  if (kept !== undefined) return kept;
  const made = makeFailableThings(model);
  known.set(model, made);
  return made;
}

const knownIds = new WeakMap<Model, ReadonlySet<NodeId>>();

/** The ids of {@link failableThings}. */
export function failableIds(model: Model): ReadonlySet<NodeId> {
  const kept = knownIds.get(model);
  if (kept !== undefined) return kept;
  const made = new Set(failableThings(model).map(({ id }) => id));
  knownIds.set(model, made);
  return made;
}

function makeFailableThings(model: Model): readonly FailableThing[] {
  const plant = plantOf(model);
  const { dns, buckets, externals, hosts } = model;
  return [
    ...model.regions.map((region) => ({ id: regionId(region), title: `region ${region.name}` })),
    ...(plant.arbiter === undefined ? [] : [{ id: arbiterId, title: 'the arbiter' }]),
    ...plant.links.map(({ id, ends: [one, other] }) => ({
      id,
      title: `the tunnel between ${siteWords(one)} and ${siteWords(other)}`,
    })),
    ...regionsWithTunnels(plant).map((region) => ({
      id: tunnelsId(region),
      title: `all tunnels of ${region.name}`,
    })),
    ...(dns === undefined || dns.provider.value === 'none'
      ? []
      : [{ id: dnsId, title: `the API of ${providerName(model)}` }]),
    ...plant.places.map(({ id, entity, region, hosts: members }) => ({
      id,
      title: `${entityWords(entity)} in ${region.name}, ${allOf(members.length, 'server').replace(/ (?:is|are)$/, '')}`,
    })),
    ...hosts.filter(({ tier }) => tier !== 'arbiter').map((host) => ({ id: hostId(host), title: host.name })),
    ...hosts
      .filter(({ volume }) => volume !== undefined)
      .map((host) => ({ id: volumeId(host), title: `the volume of ${host.name}` })),
    ...buckets.map((bucket) => ({ id: bucketId(bucket), title: `bucket ${bucket.name}` })),
    ...externals.map((external) => ({ id: externalId(external), title: `external ${external.name}` })),
  ];
}

/** The regions that lose something when all of their tunnels are cut. */
export function regionsWithTunnels({ sites }: Plant) {
  return sites.length < 2 ? [] : sites.filter((site) => site !== 'arbiter');
}

/** All tunnels of a region at once. Names of regions hold no dot, so that no region is called so. */
export function tunnelsId(region: { readonly firstName: string }): NodeId {
  return `region.${region.firstName}.tunnels`;
}

export function siteWords(site: Site): string {
  return site === 'arbiter' ? 'the arbiter' : site.name;
}
