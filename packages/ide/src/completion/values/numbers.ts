import {
  blockOf,
  blocksOf,
  formatRange,
  freeRange,
  type Ipv4Range,
  loopbackPort,
  type Model,
  networksOf,
  parseRange,
  reservedOnHosts,
  takenOnEachHost,
  tierOf,
  usableRange,
} from '@groundplan/model';
import type { SchemaNode } from '@groundplan/model/language';
import { type Entity, entities, entityAt, hasServers } from '../../facts/entities.js';
import { raw, text } from '../body.js';
import { type Context, dataAt, type ValueProposal } from '../context.js';
import { accepts } from '../schema.js';

/** Private networks that nothing in the topology overlaps: the usual one first, then the next. */
export function ranges(context: Context, path: readonly string[]): ValueProposal[] {
  const networks = networksOf(context.model);
  const isArbiter = path[0] === 'arbiter';
  const name = path[0] === 'regions' ? path[1] : context.model.regions[0]?.name;
  const own = networks.find(({ region }) => (isArbiter ? region === undefined : region?.name === name));
  const used = networks.filter((network) => network !== own).flatMap((network) => usableRange(network) ?? []);
  const found: Ipv4Range[] = [];
  const home = own === undefined ? [] : [own.home];
  for (const prefix of isArbiter ? [24, 24] : [16, 16, 17, 18]) {
    const range = freeRange([...used, ...found], prefix, found.length === 0 ? home : found.slice(-1));
    if (range !== undefined) found.push(range);
  }
  return found.map((range, index) => ({
    label: formatRange(range),
    kind: 'value',
    body: text(formatRange(range)),
    detail: index === 0 && own !== undefined && range.base === own.home.base ? 'default' : 'free',
  }));
}

/** Blocks of the address plan that no other entity of the tier has in any region. */
export function slots(context: Context, path: readonly string[]): ValueProposal[] {
  return freeSlots(context, path, 3).map((slot) => ({
    label: String(slot),
    kind: 'value',
    body: raw(slot),
    detail: 'free',
  }));
}

export function freeSlots(context: Context, path: readonly string[], count: number): readonly number[] {
  const kind = kindOfTier(path[0]);
  if (kind === undefined) return [];
  const tier = tierOf[kind];
  const taken = takenBlocks(context, kind, path[1]);
  const found: number[] = [];
  for (let slot = 1; slot < blocksOf(tier, 16) && found.length < count; slot++) {
    if (taken.every(({ prefix, blocks }) => !blocks.has(slot % blocksOf(tier, prefix)))) found.push(slot);
  }
  return found;
}

/** The blocks of the address plan that the entities of a kind have, but for one, in each size of network that there is. */
function takenBlocks({ model }: Context, kind: keyof typeof tierOf, except: string | undefined) {
  const others = entities(model).filter((each) => each.kind === kind && each.name !== except);
  const prefixes = [...new Set([16, ...model.regions.map(({ cidr }) => parseRange(cidr.value)?.prefix ?? 16)])];
  const blockIn = (prefix: number) => (other: Entity) =>
    blockOf(tierOf[kind], prefix, other.firstName, hasServers(other) ? other.slot?.value : undefined);
  return prefixes.map((prefix) => ({ prefix, blocks: new Set(others.map(blockIn(prefix))) }));
}

/** Of some names for a new entity, the first that would get a block of addresses of its own. */
export function firstWithOwnBlock(context: Context, section: string, names: readonly string[]): string | undefined {
  const kind = kindOfTier(section);
  if (kind === undefined) return names[0];
  const taken = takenBlocks(context, kind, undefined);
  return names.find((name) =>
    taken.every(({ prefix, blocks }) => !blocks.has(blockOf(tierOf[kind], prefix, name, undefined))),
  );
}

function kindOfTier(section: string | undefined): keyof typeof tierOf | undefined {
  switch (section) {
    case 'load_balancers':
      return 'load_balancer';
    case 'apps':
      return 'app';
    case 'databases':
      return 'database';
    case 'shared_storage':
      return 'storage';
    default:
      return undefined;
  }
}

/** Ports of an app on which nothing else listens on its own hosts. */
export function appPorts({ model }: Context, path: readonly string[]): readonly number[] {
  const label = `app.${path[1]}`;
  const served = model.references
    .filter(({ from, target }) => from === label && target !== undefined)
    .map(({ kind, name }) => portOf(model, kind, name));
  return [3000, 8000, 8080].filter((port) => takenOnEachHost(port) === undefined && !served.includes(port));
}

function portOf(model: Model, kind: string | undefined, name: string): number | undefined {
  if (kind === 'database') return model.databases.find((each) => each.name === name)?.port.value;
  const app = kind === 'app' ? model.apps.find((each) => each.name === name) : undefined;
  return app && loopbackPort(app.firstName, app.slot?.value);
}

/** The usual port of an engine, or the next one that no other database has. */
export function databasePort({ model }: Context, name: string | undefined, engine: string): number {
  const taken = model.databases.filter((each) => each.name !== name).map(({ port }) => port.value);
  const appsPorts = model.apps.flatMap(({ port }) => (port === undefined ? [] : [port.value]));
  let port = engine === 'mariadb' ? 3306 : 5432;
  while (taken.includes(port) || reservedOnHosts(port) !== undefined || appsPorts.includes(port)) port++;
  return port;
}

/** Numbers that a person most likely wants in a field. */
export function numbers(
  context: Context,
  path: readonly string[],
  generic: string,
  schema: SchemaNode,
): ValueProposal[] {
  const candidates = numbersFor(context, path, generic, schema);
  return [...new Set(candidates)]
    .filter((number) => accepts(schema, number))
    .map((number) => ({
      label: String(number),
      kind: 'value',
      body: raw(number),
      ...(number === schema.default ? { detail: 'default', preselect: true as const } : {}),
    }));
}

function numbersFor(context: Context, path: readonly string[], generic: string, schema: SchemaNode): readonly number[] {
  const usual = [schema.default, ...(schema.examples ?? [])].filter((each) => typeof each === 'number');
  const entity = entityAt(context.model, path.slice(0, 2)) ?? entityAt(context.model, path.slice(2, 4));
  switch (path.at(-1)) {
    case 'count': {
      const least = entity?.kind === 'load_balancer' && entity.mode.value === 'active-standby' ? 2 : 1;
      return [...usual, 1, 2, 3, 4, 6, 8].filter((count) => count >= least);
    }
    case 'standby': {
      const waits = entity?.kind === 'database' && entity.durability.value === 'sync';
      return [0, 1, 2].filter((count) => count > 0 || !waits);
    }
    case 'arbiter':
      return [dataAt(context, path.slice(0, -1))['data'] === 3 ? 0 : 1];
    case 'data':
      return dataAt(context, path.slice(0, -1))['arbiter'] === 0 ? [3] : [2, 3];
    case 'port':
      if (generic === 'apps.*.port') return appPorts(context, path);
      if (generic === 'databases.*.port' && entity?.kind === 'database') {
        return [databasePort(context, entity.name, entity.engine.value)];
      }
      return usual;
    default:
      return usual;
  }
}
