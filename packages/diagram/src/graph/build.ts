import type { Bucket, Cost, External, Host, Model, Region, Route } from '@groundplan/model';
import { type Link, type Site, sitesOf } from '../fail/sites.js';
import { counted, listed } from '../fail/words.js';
import { arbiterId, bucketId, dnsId, entityId, externalId, internetId, type NodeId, regionId } from '../node-id.js';
import { edgesOf, type NodeIn } from './edges.js';
import {
  facts,
  factsOfArbiter,
  factsOfBucket,
  factsOfDns,
  factsOfEntity,
  factsOfExternal,
  factsOfRegion,
} from './facts.js';
import type { Graph, RegionNodes, TierNode } from './graph.js';
import { databaseRemark, dnsProviderName, engineName, externalPlace, modeRemark, storageRemark } from './words.js';

/** A model as nodes and edges. It takes a model of a broken file as well, and then holds each id once. */
export function buildGraph(model: Model, cost?: Cost): Graph {
  const network = sitesOf(model);
  const routes = routeTable(model);
  const hosts = groupHosts(model);
  const { arbiter, dns } = model;
  const regions = oncePer(model.regions, regionId).map((region) =>
    regionNodes(model, region, hosts.get(region), routes, cost),
  );
  const buckets = oncePer(model.buckets, bucketId);
  const externals = oncePer(model.externals, externalId);
  return {
    model,
    internet: {
      id: internetId,
      kind: 'internet',
      title: 'Internet',
      subtitle: namesOf(model),
      span: model.loadBalancers[0]?.span ?? model.name.origin.span,
      parent: undefined,
      facts: () => facts([['names', listed(hostNames(model))]]),
    },
    dns:
      dns === undefined
        ? undefined
        : {
            id: dnsId,
            kind: 'dns',
            title: dns.zone.value,
            subtitle: `DNS · ${dnsProviderName(dns.provider.value)}`,
            span: dns.keySpan,
            parent: undefined,
            facts: () => factsOfDns(model),
          },
    regions,
    arbiter:
      arbiter === undefined
        ? undefined
        : {
            id: arbiterId,
            kind: 'arbiter',
            title: 'arbiter',
            subtitle: `Arbiter · ${arbiter.type.value}`,
            span: arbiter.span,
            parent: undefined,
            facts: () => factsOfArbiter(network.arbiter, arbiter.cidr.value, cost),
          },
    tunnels: tunnelNodes(model, network.links),
    buckets: buckets.map((bucket) => ({
      id: bucketId(bucket),
      kind: 'bucket',
      title: bucket.name,
      subtitle: `Bucket · ${bucket.access.value} · ${bucket.location.value}`,
      span: bucket.span,
      parent: undefined,
      facts: () => factsOfBucket(bucket),
    })),
    externals: externals.map((external) => ({
      id: externalId(external),
      kind: 'external',
      title: external.name,
      subtitle: externalPlace(external),
      span: external.span,
      parent: undefined,
      facts: () => factsOfExternal(external),
    })),
    edges: edgesOf(model, nodeTable(regions, buckets, externals), network.links),
  };
}

/** The nodes of everything, by what they stand for: each id is made once, and the edges share it. */
function nodeTable(
  regions: readonly RegionNodes[],
  buckets: readonly Bucket[],
  externals: readonly External[],
): NodeIn {
  const inRegions = new Map(
    regions.map(({ region, tiers }) => [region, new Map(tiers.map(({ entity, id }) => [entity, id]))]),
  );
  const outside = new Map<Bucket | External, NodeId>();
  for (const bucket of buckets) outside.set(bucket, bucketId(bucket));
  for (const external of externals) outside.set(external, externalId(external));
  return (target, region) =>
    target.kind === 'bucket' || target.kind === 'external' ? outside.get(target) : inRegions.get(region)?.get(target);
}

function regionNodes(
  model: Model,
  region: Region,
  byEntity: HostsByEntity | undefined,
  routes: RouteTable,
  cost?: Cost,
): RegionNodes {
  const id = regionId(region);
  let servers = 0;
  const entities = [...model.loadBalancers, ...model.apps, ...model.databases, ...model.storages];
  const tiers: TierNode[] = [];
  for (const entity of entities) {
    const place = entity.inRegions.find((each) => each.region === region);
    if (place === undefined) continue;
    const hosts = byEntity?.get(entity) ?? [];
    servers += hosts.length;
    tiers.push({
      id: entityId(region, entity),
      kind: entity.kind,
      title: entity.name,
      subtitle: `${kindWords(entity)} · ${place.type.value}`,
      span: entity.span,
      parent: id,
      facts: () => factsOfEntity(model, entity, region, hosts, cost),
      region,
      entity,
      hosts,
      remark: remarkOf(routes, entity, hosts.length),
    });
  }
  return {
    region,
    cidr: region.cidr.value,
    tiers: oncePer(tiers, ({ id: each }) => each),
    node: {
      id,
      kind: 'region',
      title: region.name,
      subtitle: `${region.location.value} · ${counted(servers, 'server')}`,
      span: region.span,
      parent: undefined,
      facts: () => factsOfRegion(region, servers, cost),
    },
  };
}

type HostsByEntity = ReadonlyMap<NonNullable<Host['entity']>, readonly Host[]>;

/** The hosts of each region by their entity, each by ordinal. */
function groupHosts({ hosts }: Model): ReadonlyMap<Region, HostsByEntity> {
  const regions = new Map<Region, Map<NonNullable<Host['entity']>, Host[]>>();
  for (const host of hosts) {
    const { region, entity } = host;
    if (region === undefined || entity === undefined) continue;
    let groups = regions.get(region);
    if (groups === undefined) {
      groups = new Map();
      regions.set(region, groups);
    }
    const group = groups.get(entity);
    if (group === undefined) groups.set(entity, [host]);
    else group.push(host);
  }
  for (const groups of regions.values()) {
    for (const group of groups.values()) if (group.length > 1) group.sort((a, b) => a.ordinal - b.ordinal);
  }
  return regions;
}

type RouteTable = ReadonlyMap<string, readonly Route[]>;

/** Routes by the name of the app to which they go. */
function routeTable({ loadBalancers }: Model): RouteTable {
  const table = new Map<string, Route[]>();
  for (const route of loadBalancers.flatMap(({ routes }) => routes)) {
    if (route.app.kind !== 'app') continue;
    const known = table.get(route.app.name);
    if (known === undefined) table.set(route.app.name, [route]);
    else known.push(route);
  }
  return table;
}

function kindWords(entity: NonNullable<Host['entity']>): string {
  switch (entity.kind) {
    case 'load_balancer':
      return 'Load balancer';
    case 'app':
      return entity.port !== undefined ? 'App' : entity.schedule !== undefined ? 'Job' : 'Worker';
    case 'database':
      return engineName(entity.engine.value);
    case 'storage':
      return engineName(entity.engine.value);
  }
}

function remarkOf(routes: RouteTable, entity: NonNullable<Host['entity']>, hosts: number): string {
  switch (entity.kind) {
    case 'load_balancer':
      return modeRemark(entity);
    case 'app': {
      if (hosts === 0) return 'no servers here';
      const [first, ...others] = routes.get(entity.name) ?? [];
      if (first !== undefined) {
        const name = first.path === '/' ? first.host : `${first.host}${first.path}`;
        return others.length === 0 ? name : `${name} + ${others.length}`;
      }
      if (entity.schedule !== undefined) return `runs ${entity.schedule.value}`;
      return entity.port === undefined ? 'runs always' : 'called by other apps';
    }
    case 'database':
      return databaseRemark(entity, hosts);
    case 'storage':
      return storageRemark(entity);
  }
}

function tunnelNodes({ tunnel }: Model, links: readonly Link[]): Graph['tunnels'] {
  if (tunnel === undefined) return [];
  return links.map(({ id, ends }) => {
    const [one, other] = ends;
    return {
      id,
      kind: 'tunnel',
      title: 'tunnel',
      subtitle: `${nameOf(one)} – ${nameOf(other)}`,
      span: tunnel.span,
      parent: undefined,
      ends: [siteId(one), siteId(other)],
      facts: () =>
        facts([
          ['between', `${nameOf(one)} and ${nameOf(other)}`],
          ['engine', tunnel.engine.value],
          ['cipher', `${tunnel.cipher.value}, ${tunnel.digest.value}`],
          ['MTU', String(tunnel.mtu.value)],
        ]),
    };
  });
}

function siteId(site: Site): string {
  return site === 'arbiter' ? arbiterId : regionId(site);
}

function nameOf(site: Site): string {
  return site === 'arbiter' ? 'arbiter' : site.name;
}

function namesOf(model: Model): string {
  const names = hostNames(model);
  return names.length === 0 ? 'no routes' : counted(names.length, 'name');
}

function hostNames(model: Model): string[] {
  return [...new Set(model.loadBalancers.flatMap(({ routes }) => routes.map(({ host }) => host)))];
}

/** The first of each id: in a broken file two things can share one. */
function oncePer<T>(things: readonly T[], idOf: (thing: T) => NodeId): T[] {
  const seen = new Set<NodeId>();
  return things.filter((thing) => {
    const id = idOf(thing);
    return !seen.has(id) && seen.add(id);
  });
}
