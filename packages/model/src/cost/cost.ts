import {
  addSums,
  type Catalog,
  emptySum,
  type Figure,
  monthlyPrice,
  type Sum,
  sumFigures,
  timesFigure,
} from '@groundplan/catalog';
import type { Host, Model, Region } from '../model.js';
import { referenceWords } from '../read/references.js';

export type CostItem = 'server' | 'primary-ipv4' | 'volume' | 'floating-ipv4' | 'floating-ipv6' | 'object-storage';

/** So many of one thing. Prices are net EUR a month. */
export interface CostLine {
  readonly item: CostItem;
  /** The server type, for servers. */
  readonly type: string | undefined;
  /** Servers, addresses, GB. */
  readonly quantity: number;
  readonly unit: Figure;
  readonly sum: Sum;
}

/** What one entity costs in one region. */
export interface EntityCost {
  /** `app.web`, `arbiter`; `buckets` for the one price of all of them. */
  readonly owner: string;
  /** Undefined for what is outside the regions: the arbiter, buckets. */
  readonly region: string | undefined;
  readonly lines: readonly CostLine[];
  readonly sum: Sum;
}

export interface Cost {
  /** ISO date of the catalogue. */
  readonly date: string;
  /** In the order of the file, region by region. */
  readonly entities: readonly EntityCost[];
  readonly regions: readonly { readonly name: string; readonly sum: Sum }[];
  readonly total: Sum;
}

/**
 * What the topology costs a month by the catalogue, net, without traffic beyond what servers include and without what
 * buckets hold beyond their base. A price that is not known is counted as unknown, never as zero.
 */
export function costOf(model: Model, catalog: Catalog): Cost {
  const inRegions = model.regions.flatMap((region) =>
    entitiesIn(model, region).map((of) => costIn(model, catalog, region, of)),
  );
  const outside: EntityCost[] = [];
  const arbiter = model.hosts.filter(({ tier }) => tier === 'arbiter');
  if (arbiter.length > 0) outside.push(entityCost('arbiter', undefined, serverLines(catalog, arbiter)));
  if (model.buckets.length > 0) {
    outside.push(
      entityCost('buckets', undefined, [
        line('object-storage', undefined, 1, catalog.prices.objectStorage.baseMonthly),
      ]),
    );
  }
  const entities = [...inRegions, ...outside];
  return {
    date: catalog.date,
    entities,
    regions: model.regions.map(({ name }) => ({
      name,
      sum: addSums(inRegions.filter(({ region }) => region === name).map(({ sum }) => sum)),
    })),
    total: addSums(entities.map(({ sum }) => sum)),
  };
}

type Tiered =
  | Model['loadBalancers'][number]
  | Model['apps'][number]
  | Model['databases'][number]
  | Model['storages'][number];

function entitiesIn(model: Model, region: Region): Tiered[] {
  return [...model.loadBalancers, ...model.apps, ...model.databases, ...model.storages].filter(({ inRegions }) =>
    inRegions.some((place) => place.region === region),
  );
}

function costIn(model: Model, catalog: Catalog, region: Region, entity: Tiered): EntityCost {
  const hosts = model.hosts.filter((host) => host.entity === entity && host.region === region);
  const lines = serverLines(catalog, hosts);
  const gigabytes = hosts.reduce((sum, { volume }) => sum + (volume?.size.value ?? 0), 0);
  if (gigabytes > 0) lines.push(line('volume', undefined, gigabytes, catalog.prices.volumePerGbMonth));
  if (entity.kind === 'load_balancer' && entity.mode.value === 'active-standby') {
    const { floatingIpv4, floatingIpv6 } = catalog.prices;
    lines.push(line('floating-ipv4', undefined, 1, floatingIpv4[region.location.value]));
    lines.push(line('floating-ipv6', undefined, 1, floatingIpv6[region.location.value]));
  }
  return entityCost(`${referenceWords[entity.kind]}.${entity.name}`, region.name, lines);
}

/** Servers by type, and the IPv4 address that each has. */
function serverLines(catalog: Catalog, hosts: readonly Host[]): CostLine[] {
  const [first] = hosts;
  if (first === undefined) return [];
  const types = [...new Set(hosts.map(({ type }) => type.value))].sort();
  const servers = types.map((type) => {
    const quantity = hosts.filter((host) => host.type.value === type).length;
    return line('server', type, quantity, monthlyPrice(catalog, type, first.location));
  });
  return [...servers, line('primary-ipv4', undefined, hosts.length, catalog.prices.primaryIpv4[first.location])];
}

function line(item: CostItem, type: string | undefined, quantity: number, unit: Figure): CostLine {
  return { item, type, quantity, unit, sum: sumFigures([timesFigure(unit, quantity)]) };
}

function entityCost(owner: string, region: string | undefined, lines: readonly CostLine[]): EntityCost {
  return { owner, region, lines, sum: lines.length === 0 ? emptySum : addSums(lines.map(({ sum }) => sum)) };
}
