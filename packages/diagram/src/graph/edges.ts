import type { App, Bucket, External, Host, Model, Reference, Region } from '@groundplan/model';
import type { Link } from '../fail/sites.js';
import { arbiterId, dnsId, internetId, type NodeId, regionId } from '../node-id.js';
import type { EdgeKind, GraphEdge } from './graph.js';
import { replicationName } from './words.js';

type Entity = NonNullable<Host['entity']>;

/** What an edge can lead to. */
export type Target = Entity | Bucket | External;

/** The node of something, seen from a region; undefined where there is none in the picture. */
export type NodeIn = (target: Target, region: Region) => NodeId | undefined;

type AddEdge = (
  kind: EdgeKind,
  from: NodeId | undefined,
  to: NodeId | undefined,
  leadsTo: string,
  labels?: readonly string[],
  both?: boolean,
) => void;

/** Every edge between nodes of the topology, in the order of the file, without doubles. */
export function edgesOf(model: Model, nodeIn: NodeIn, links: readonly Link[]): GraphEdge[] {
  const edges: GraphEdge[] = [];
  const add: AddEdge = (kind, from, to, leadsTo, labels = [], both = false) => {
    if (from !== undefined && to !== undefined && from !== to) edges.push({ kind, from, to, leadsTo, both, labels });
  };
  const things = nameTable(model);
  if (model.dns !== undefined) add('names', internetId, dnsId, model.dns.zone.value, [model.dns.zone.value]);
  for (const balancer of model.loadBalancers) {
    const targets = labelsByTarget(
      balancer.routes.map(({ host, path, app }) => [things.find(app), path === '/' ? host : `${host}${path}`]),
    );
    for (const { region } of balancer.inRegions) {
      const here = nodeIn(balancer, region);
      add('requests', internetId, here, balancer.name);
      for (const { target, labels } of targets) {
        add('requests', here, nodeIn(target, region), target.name, labels);
      }
    }
  }
  const written = bucketsByWriter(model, things);
  for (const app of model.apps) {
    const targets = labelsByTarget([
      ...usesOf(app).map(([reference, label]) => [things.find(reference), label] as const),
      ...(written.get(app) ?? []).map((bucket) => [bucket, 'writes'] as const),
    ]);
    for (const { region } of app.inRegions) {
      const here = nodeIn(app, region);
      for (const { target, labels } of targets) {
        add(target.kind === 'app' ? 'calls' : 'uses', here, nodeIn(target, region), target.name, labels);
      }
    }
  }
  for (const entity of [...model.databases, ...model.storages]) {
    const target = entity.backup?.to && things.find(entity.backup.to);
    for (const { region } of entity.inRegions) {
      if (target !== undefined) add('backup', nodeIn(entity, region), nodeIn(target, region), target.name);
    }
    addReplication(entity, nodeIn, add);
  }
  for (const { ends } of links) {
    const [one, other] = ends.map((site) => (site === 'arbiter' ? arbiterId : regionId(site)));
    add('tunnel', one, other, '', [], true);
  }
  return edges;
}

/** What the same thing has with the same target is one edge, in every region, that says all of it. */
function labelsByTarget(
  pairs: readonly (readonly [Target | undefined, string | undefined])[],
): readonly { readonly target: Target; readonly labels: readonly string[] }[] {
  const targets = new Map<Target, string[]>();
  for (const [target, label] of pairs) {
    if (target === undefined) continue;
    let labels = targets.get(target);
    if (labels === undefined) {
      labels = [];
      targets.set(target, labels);
    }
    if (label !== undefined && !labels.includes(label)) labels.push(label);
  }
  return Array.from(targets, ([target, labels]) => ({ target, labels }));
}

function addReplication(
  entity: Model['databases'][number] | Model['storages'][number],
  nodeIn: NodeIn,
  add: AddEdge,
): void {
  if (entity.kind === 'database') {
    const way = entity.betweenRegions?.value ?? 'none';
    const [first, ...others] = entity.inRegions;
    if (way === 'none' || first === undefined) return;
    const from = nodeIn(entity, first.region);
    for (const { region } of others) {
      add('replication', from, nodeIn(entity, region), region.name, [replicationName(way)], true);
    }
    return;
  }
  const regionOf = (reference: Reference | undefined) =>
    entity.inRegions.find(({ region }) => region.name === reference?.name)?.region;
  const from = regionOf(entity.geoReplication?.from);
  for (const to of new Set(entity.geoReplication?.to.map(regionOf))) {
    if (from === undefined || to === undefined) continue;
    add('replication', nodeIn(entity, from), nodeIn(entity, to), to.name, ['geo-replication']);
  }
}

/** What an app refers to, with where it sees it. */
function usesOf(app: App): (readonly [Reference, string | undefined])[] {
  const templates = [
    ...app.env.map(({ value }) => value),
    ...app.files.flatMap(({ source }) => (source?.kind === 'content' ? [source.content] : [])),
  ];
  return [
    ...templates.flatMap(({ parts }) =>
      parts.flatMap((part) => (part.kind === 'reference' ? [[part.reference, undefined] as const] : [])),
    ),
    ...app.mounts.map(({ path, storage }) => [storage, path] as const),
  ];
}

function bucketsByWriter({ buckets }: Model, things: NameTable): ReadonlyMap<Target, readonly Bucket[]> {
  const written = new Map<Target, Bucket[]>();
  for (const bucket of buckets) {
    for (const writer of new Set(bucket.writers.map(things.find))) {
      if (writer === undefined) continue;
      const known = written.get(writer);
      if (known === undefined) written.set(writer, [bucket]);
      else known.push(bucket);
    }
  }
  return written;
}

type NameTable = ReturnType<typeof nameTable>;

function nameTable(model: Model) {
  const table = new Map<string, Target>();
  const all = [model.loadBalancers, model.apps, model.databases, model.storages, model.buckets, model.externals];
  for (const thing of all.flat()) {
    const key = `${thing.kind} ${thing.name}`;
    if (!table.has(key)) table.set(key, thing);
  }
  return { find: ({ kind, name }: Reference): Target | undefined => table.get(`${kind} ${name}`) };
}
