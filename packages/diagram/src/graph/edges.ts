import type { App, Bucket, External, Host, Model, Named, Reference, Region } from '@groundplan/model';
import { plantOf } from '../fail/plant.js';
import { arbiterId, bucketId, dnsId, externalId, internetId, type NodeId, regionId, tierId } from '../node-id.js';
import type { EdgeKind, GraphEdge } from './graph.js';
import { replicationName } from './words.js';

type Entity = NonNullable<Host['entity']>;

const tiers = { load_balancer: 'lb', app: 'app', database: 'db', storage: 'sto' } as const;

interface DraftEdge {
  readonly kind: EdgeKind;
  readonly from: NodeId;
  readonly to: NodeId;
  readonly both: boolean;
  readonly labels: string[];
}

/** Every edge of the topology, in the order of the file, without doubles. */
export function edgesOf(model: Model): GraphEdge[] {
  const found = new Map<string, DraftEdge>();
  const add = (kind: EdgeKind, from: NodeId | undefined, to: NodeId | undefined, label?: string, both = false) => {
    if (from === undefined || to === undefined || from === to) return;
    const key = `${kind} ${from} ${to}`;
    const known = found.get(key);
    if (known === undefined) found.set(key, { kind, from, to, both, labels: label === undefined ? [] : [label] });
    else if (label !== undefined && !known.labels.includes(label)) known.labels.push(label);
  };
  const things = nameTable(model);
  if (model.dns !== undefined) add('names', internetId, dnsId, model.dns.zone.value);
  for (const balancer of model.loadBalancers) {
    const routes = balancer.routes.map(({ host, path, app }) => ({
      target: things.find(app),
      name: path === '/' ? host : `${host}${path}`,
    }));
    for (const { region } of balancer.inRegions) {
      const here = placeIn(balancer, region);
      add('requests', internetId, here);
      for (const { target, name } of routes) add('requests', here, placeOf(target, region), name);
    }
  }
  for (const app of model.apps) {
    const uses = usesOf(app).map(({ reference, label }) => ({ target: things.find(reference), label }));
    const written = model.buckets.filter(({ writers }) => writers.some((writer) => things.find(writer) === app));
    for (const { region } of app.inRegions) {
      const here = placeIn(app, region);
      for (const { target, label } of uses) {
        add(target?.kind === 'app' ? 'calls' : 'uses', here, placeOf(target, region), label);
      }
      for (const bucket of written) add('uses', here, bucketId(bucket), 'writes');
    }
  }
  for (const entity of [...model.databases, ...model.storages]) {
    for (const { region } of entity.inRegions) {
      if (entity.backup?.to === undefined) continue;
      add('backup', placeIn(entity, region), placeOf(things.find(entity.backup.to), region));
    }
    addReplication(entity, add);
  }
  for (const { ends } of plantOf(model).links) {
    const [one, other] = ends.map((site) => (site === 'arbiter' ? arbiterId : regionId(site)));
    add('tunnel', one, other, undefined, true);
  }
  return [...found.values()];
}

function addReplication(
  entity: Model['databases'][number] | Model['storages'][number],
  add: (kind: EdgeKind, from: NodeId | undefined, to: NodeId | undefined, label?: string, both?: boolean) => void,
): void {
  if (entity.kind === 'database') {
    const way = entity.betweenRegions?.value ?? 'none';
    const [first, ...others] = entity.inRegions;
    if (way === 'none' || first === undefined) return;
    for (const { region } of others) {
      add('replication', placeIn(entity, first.region), placeIn(entity, region), replicationName(way), true);
    }
    return;
  }
  const regionOf = (reference: Reference | undefined) =>
    entity.inRegions.find(({ region }) => region.name === reference?.name)?.region;
  const from = regionOf(entity.geoReplication?.from);
  for (const reference of entity.geoReplication?.to ?? []) {
    const to = regionOf(reference);
    if (from === undefined || to === undefined) continue;
    add('replication', placeIn(entity, from), placeIn(entity, to), 'geo-replication');
  }
}

/** What an app refers to, with where it sees it. */
function usesOf(app: App): { readonly reference: Reference; readonly label: string | undefined }[] {
  const templates = [
    ...app.env.map(({ value }) => value),
    ...app.files.flatMap(({ source }) => (source?.kind === 'content' ? [source.content] : [])),
  ];
  return [
    ...templates.flatMap(({ parts }) =>
      parts.flatMap((part) => (part.kind === 'reference' ? [{ reference: part.reference, label: undefined }] : [])),
    ),
    ...app.mounts.map(({ path, storage }) => ({ reference: storage, label: path })),
  ];
}

type Target = Entity | Bucket | External;

function nameTable(model: Model) {
  const table = new Map<string, Target>();
  const all = [model.loadBalancers, model.apps, model.databases, model.storages, model.buckets, model.externals];
  for (const thing of all.flat()) {
    const key = `${thing.kind} ${thing.name}`;
    if (!table.has(key)) table.set(key, thing);
  }
  return { find: ({ kind, name }: Reference): Target | undefined => table.get(`${kind} ${name}`) };
}

/** Where what is referred to stands, seen from a region. */
function placeOf(target: Target | undefined, region: Region): NodeId | undefined {
  if (target === undefined) return undefined;
  switch (target.kind) {
    case 'bucket':
      return bucketId(target);
    case 'external':
      return externalId(target);
    default:
      return target.inRegions.some((place) => place.region === region) ? placeIn(target, region) : undefined;
  }
}

function placeIn(entity: Entity, region: Named): NodeId {
  return tierId(region, tiers[entity.kind], entity);
}
