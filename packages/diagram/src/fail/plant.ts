import { type Host, isPair, type Model, type Region, type Tier } from '@groundplan/model';
import {
  arbiterId,
  bucketId,
  dnsId,
  entityId,
  externalId,
  floatingIpId,
  hostId,
  internetId,
  type NodeId,
  regionId,
  tierId,
  volumeId,
} from '../node-id.js';
import { type Sites, sitesOf } from './sites.js';

/** The servers of an entity in one region; at least one. */
export interface Place {
  readonly id: NodeId;
  readonly tier: Tier;
  readonly entity: NonNullable<Host['entity']>;
  readonly region: Region;
  /** By ordinal. */
  readonly hosts: readonly Host[];
}

/** A model, arranged for questions about what fails; it holds what is there, not how it is. */
export interface Plant extends Sites {
  readonly model: Model;
  /** Sorted by id. */
  readonly places: readonly Place[];
  readonly placesById: ReadonlyMap<NodeId, Place>;
}

const plants = new WeakMap<Model, Plant>();

/** Kept for each model: a survey asks again and again. */
export function plantOf(model: Model): Plant {
  const known = plants.get(model);
  if (known !== undefined) return known;
  const made = makePlant(model);
  plants.set(model, made);
  return made;
}

function makePlant(model: Model): Plant {
  const places = placesOf(model);
  return { model, places, placesById: new Map(places.map((place) => [place.id, place])), ...sitesOf(model) };
}

function placesOf({ hosts }: Model): Place[] {
  const places = new Map<NodeId, Place & { readonly hosts: Host[] }>();
  for (const host of hosts) {
    const { region, entity, tier } = host;
    if (region === undefined || entity === undefined || tier === 'arbiter') continue;
    const id = tierId(region, tier, entity);
    const place = places.get(id);
    if (place === undefined) places.set(id, { id, tier, entity, region, hosts: [host] });
    else place.hosts.push(host);
  }
  for (const { hosts: members } of places.values())
    if (members.length > 1) members.sort((a, b) => a.ordinal - b.ordinal);
  return [...places.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** Everything that is drawn and can have a state. */
export function nodesOf({ model, places, links }: Plant): ReadonlySet<NodeId> {
  const { regions, buckets, externals, hosts, arbiter, dns } = model;
  return new Set([
    internetId,
    ...(dns === undefined ? [] : [dnsId]),
    ...(arbiter === undefined ? [] : [arbiterId]),
    ...regions.map(regionId),
    ...places.map(({ id }) => id),
    ...hosts.map(hostId),
    ...hosts.filter(({ volume }) => volume !== undefined).map(volumeId),
    ...places.flatMap(floatingIpOf),
    ...buckets.map(bucketId),
    ...externals.map(externalId),
    ...links.map(({ id }) => id),
  ]);
}

/** The address that moves between the balancers of a pair. */
export function floatingIpOf({ entity, region }: Place): NodeId[] {
  return entity.kind === 'load_balancer' && isPair(entity) ? [floatingIpId(entity, region)] : [];
}

/** Where an entity stands, by region in the order of their first names. */
export function placesOfEntity({ places }: Plant, entity: Place['entity']): Place[] {
  return places.filter((place) => place.entity === entity);
}

export function placeOfEntity({ placesById }: Plant, entity: Place['entity'], region: Region): Place | undefined {
  return placesById.get(entityId(region, entity));
}
