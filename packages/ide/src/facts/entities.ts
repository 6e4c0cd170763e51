import {
  type App,
  type Bucket,
  blockOf,
  blockRange,
  type Database,
  type External,
  formatRange,
  type Host,
  type LoadBalancer,
  type Model,
  parseRange,
  type Reference,
  type Region,
  referenceWords,
  type SharedStorage,
  tierOf,
} from '@groundplan/model';
import { sectionOf } from '../tree/sections.js';

/** What has servers. */
export type Tiered = LoadBalancer | App | Database | SharedStorage;
export type Entity = Tiered | Bucket | External;

/** The entities with servers, in the order of the tiers. */
export function tiered(model: Model): readonly Tiered[] {
  return [...model.loadBalancers, ...model.apps, ...model.databases, ...model.storages];
}

export function entities(model: Model): readonly Entity[] {
  return [...tiered(model), ...model.buckets, ...model.externals];
}

/** What is asked again and again of one model: its entities by section and name, and its servers by entity. */
interface Index {
  readonly entities: ReadonlyMap<string, ReadonlyMap<string, Entity>>;
  readonly hosts: ReadonlyMap<Tiered, readonly Host[]>;
}

const indexes = new WeakMap<Model, Index>();

function indexOf(model: Model): Index {
  const known = indexes.get(model);
  if (known !== undefined) return known;
  const sections = new Map<string, Map<string, Entity>>();
  for (const entity of entities(model)) {
    const [section, name] = pathOf(entity);
    const names = sections.get(section) ?? new Map<string, Entity>();
    sections.set(section, names.set(name, entity));
  }
  const hosts = new Map<Tiered, Host[]>();
  for (const host of model.hosts) {
    if (host.entity === undefined) continue;
    const own = hosts.get(host.entity);
    if (own === undefined) hosts.set(host.entity, [host]);
    else own.push(host);
  }
  for (const own of hosts.values()) own.sort(byRegionAndOrdinal(model));
  const index = { entities: sections, hosts };
  indexes.set(model, index);
  return index;
}

function byRegionAndOrdinal({ regions }: Model): (a: Host, b: Host) => number {
  const order = new Map(regions.map((region, index) => [region, index]));
  const of = ({ region }: Host) => (region === undefined ? -1 : (order.get(region) ?? -1));
  return (a, b) => of(a) - of(b) || a.ordinal - b.ordinal;
}

/** The entity that the path leads to: `apps`, `web`. */
export function entityAt(model: Model, path: readonly string[]): Entity | undefined {
  const [section, name] = path;
  if (path.length !== 2 || section === undefined || name === undefined) return undefined;
  return indexOf(model).entities.get(section)?.get(name);
}

/** What a reference names, but for regions and secrets. */
export function entityNamed(model: Model, kind: Reference['kind'], name: string): Entity | undefined {
  return kind === undefined || kind === 'region' || kind === 'secret'
    ? undefined
    : entityAt(model, [sectionOf[kind], name]);
}

/** The keys that lead to an entity. */
export function pathOf({ kind, name }: Entity): readonly [string, string] {
  return [sectionOf[kind], name];
}

/** The region that is declared at the path: `regions`, `helsinki`, or `region`. */
export function regionAt(model: Model, path: readonly string[]): Region | undefined {
  if (path.length === 1 && path[0] === 'region') return model.singleRegionForm ? model.regions[0] : undefined;
  if (path.length !== 2 || path[0] !== 'regions') return undefined;
  return model.regions.find(({ name }) => name === path[1]);
}

export function hasServers(entity: Entity): entity is Tiered {
  return entity.kind !== 'bucket' && entity.kind !== 'external';
}

/** `app.web`, as references call it. */
export function dotted({ kind, name }: Pick<Entity, 'kind' | 'name'>): string {
  return `${referenceWords[kind]}.${name}`;
}

/** The servers of an entity: by region in the regions' order, then by ordinal. */
export function hostsOf(model: Model, entity: Tiered): readonly Host[] {
  return indexOf(model).hosts.get(entity) ?? [];
}

export interface AddressBlock {
  readonly region: Region;
  /** Such as `10.10.8.0/25`. */
  readonly range: string;
  readonly number: number;
}

/** The addresses that an entity has in each of its regions. */
export function blocksOf(entity: Tiered): readonly AddressBlock[] {
  const tier = tierOf[entity.kind];
  return entity.inRegions.flatMap(({ region }) => {
    const range = parseRange(region.cidr.value);
    if (range === undefined) return [];
    const number = blockOf(tier, range.prefix, entity.firstName, entity.slot?.value);
    return [{ region, number, range: formatRange(blockRange(range, tier, number)) }];
  });
}

/** The uses of a name, in the order of the text. */
export function referencesTo(model: Model, kind: Reference['kind'], name: string): readonly Reference[] {
  return model.references.filter((reference) => reference.kind === kind && reference.name === name);
}
