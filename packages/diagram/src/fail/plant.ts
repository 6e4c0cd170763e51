import { type Host, isPair, type Model, type Region, type Tier } from '@groundplan/model';
import {
  arbiterId,
  bucketId,
  dnsId,
  externalId,
  floatingIpId,
  hostId,
  internetId,
  type NodeId,
  regionId,
  tierId,
  tunnelId,
  volumeId,
} from '../node-id.js';

/** The servers of an entity in one region; at least one. */
export interface Place {
  readonly id: NodeId;
  readonly tier: Tier;
  readonly entity: NonNullable<Host['entity']>;
  readonly region: Region;
  /** By ordinal. */
  readonly hosts: readonly Host[];
}

/** What is joined by the tunnel. */
export type Site = Region | 'arbiter';

/** The tunnel between two sites. */
export interface Link {
  readonly id: NodeId;
  readonly ends: readonly [Site, Site];
}

/** A model, arranged for questions about what fails; it holds what is there, not how it is. */
export interface Plant {
  readonly model: Model;
  /** Sorted by id. */
  readonly places: readonly Place[];
  readonly placesById: ReadonlyMap<NodeId, Place>;
  readonly arbiter: Host | undefined;
  /** The regions with data, and the arbiter; none where nothing crosses regions. */
  readonly sites: readonly Site[];
  readonly links: readonly Link[];
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
  const arbiter = model.hosts.find(({ tier }) => tier === 'arbiter');
  const sites = sitesOf(model, places, arbiter);
  const links = sites.flatMap((one, index) =>
    sites.slice(index + 1).map((other): Link => ({ id: tunnelId(one, other), ends: [one, other] })),
  );
  return {
    model,
    places,
    placesById: new Map(places.map((place) => [place.id, place])),
    arbiter,
    sites,
    links,
  };
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

function sitesOf({ tunnel, regions }: Model, places: readonly Place[], arbiter: Host | undefined): Site[] {
  if (tunnel === undefined) return [];
  const stateful = regions.filter((region) => places.some((each) => each.region === region && isStateful(each)));
  return arbiter === undefined ? stateful : [...stateful, 'arbiter'];
}

/** Whether the place's hosts hold data, and so are members of the tunnel. */
export function isStateful({ tier }: Place): boolean {
  return tier === 'db' || tier === 'sto';
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
  const tier = { load_balancer: 'lb', app: 'app', database: 'db', storage: 'sto' } as const;
  return placesById.get(tierId(region, tier[entity.kind], entity));
}
