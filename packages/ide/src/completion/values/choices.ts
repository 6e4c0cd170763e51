import { findImage, type Image } from '@groundplan/catalog';
import type { Edit } from '@groundplan/diagnostics';
import { arbiterLocation, backupBuckets, hasSftp, logicalFrom, setValue } from '@groundplan/model';
import type { SchemaNode } from '@groundplan/model/language';
import { entityAt } from '../../facts/entities.js';
import { type Body, numberSlot, text } from '../body.js';
import { type Context, dataAt, isWrittenAt, type ValueProposal } from '../context.js';
import { databasePort } from './numbers.js';

/** The words that a field takes, without those that a check would refuse as things are. */
export function choices(
  context: Context,
  path: readonly string[],
  generic: string,
  schema: SchemaNode,
): ValueProposal[] {
  return (schema.enum ?? []).flatMap((value, index) => {
    const replication = generic === 'databases.*.engine' ? replicationFor(context, path, value) : [];
    if (replication === undefined || isRefused(context, path, generic, value)) return [];
    const documentation = schema.markdownEnumDescriptions?.[index];
    const companions = companionsOf(context, path, generic, value);
    const additionalEdits = [...replication, ...additionsFor(context, path, generic, value)];
    return [
      {
        label: value,
        kind: 'value',
        body: text(value),
        ...(documentation === undefined ? {} : { documentation }),
        ...detailOf(value === schema.default, replication),
        ...(companions.length === 0 ? {} : { companions }),
        ...(additionalEdits.length === 0 ? {} : { additionalEdits }),
      } satisfies ValueProposal,
    ];
  });
}

function detailOf(isDefault: boolean, replication: readonly Edit[]): { readonly detail?: string } {
  const words = [
    ...(isDefault ? ['default'] : []),
    ...replication.map(({ newText }) => `changes the replication to ${newText.trim()}`),
  ];
  return words.length === 0 ? {} : { detail: words.join(' · ') };
}

function isRefused(context: Context, path: readonly string[], generic: string, value: string): boolean {
  const { model, catalog } = context;
  const entity = entityAt(model, path.slice(0, 2));
  switch (generic) {
    case 'image':
      return !isImageEnough(context, findImage(catalog, value));
    case 'dns.provider':
      return value !== 'cloudflare' && model.dns?.proxied.value === true;
    case 'dns.failover.by':
      return false;
    case 'load_balancers.*.mode':
      return (
        value === 'active-standby' &&
        entity?.kind === 'load_balancer' &&
        entity.inRegions.some(({ count }) => count.value < 2)
      );
    case 'databases.*.durability': {
      if (value !== 'sync' || entity?.kind !== 'database') return false;
      const elsewhere = model.regions.length > 1 && entity.betweenRegions?.value === 'galera';
      return !elsewhere && entity.standby.some(({ count }) => count.value === 0);
    }
    case 'databases.*.replication.between_regions':
      return entity?.kind === 'database' && !waysOf(context, entity.engine.value).includes(value);
    case 'buckets.*.access':
      return value === 'public' && backupBuckets(model).some(({ bucket }) => bucket.name === path[1]);
    case 'external.*.type': {
      const holds = model.databases.some(({ backup, engine }) => {
        return engine.value === 'postgresql' && backup?.to?.kind === 'external' && backup.to.name === path[1];
      });
      const image = findImage(catalog, model.image.value);
      return value === 'sftp' && holds && image !== undefined && !hasSftp(image.pgbackrest);
    }
    default:
      return false;
  }
}

/** Whether an image has what the databases need. */
function isImageEnough({ model }: Context, image: Image | undefined): boolean {
  if (image === undefined) return true;
  return model.databases.every(({ engine, betweenRegions, backup }) => {
    if (engine.value !== 'postgresql') return true;
    if (betweenRegions?.value === 'logical' && image.postgresql < logicalFrom) return false;
    const to = backup?.to;
    const target = to?.kind === 'external' ? model.externals.find(({ name }) => name === to.name) : undefined;
    return target?.type.value !== 'sftp' || hasSftp(image.pgbackrest);
  });
}

/** The ways in which a database of that engine can replicate between regions. */
export function waysOf({ model, catalog }: Context, engine: string): readonly string[] {
  if (engine === 'mariadb') return ['galera', 'none'];
  const image = findImage(catalog, model.image.value);
  return (image?.postgresql ?? 0) >= logicalFrom ? ['pglogical', 'logical', 'none'] : ['pglogical', 'none'];
}

/** How the way of replicating that is written must change for another engine; undefined where it cannot. */
function replicationFor(context: Context, path: readonly string[], engine: string): readonly Edit[] | undefined {
  const database = entityAt(context.model, path.slice(0, 2));
  const written = database?.kind === 'database' ? database.betweenRegions : undefined;
  const ways = waysOf(context, engine);
  if (written?.origin.kind !== 'written' || ways.includes(written.value)) return [];
  return setValue(context.tree, [...path.slice(0, 2), 'replication', 'between_regions'], ways[0] ?? 'none');
}

/** What else must be written beside a choice, besides what the schema asks for. */
function companionsOf(
  context: Context,
  path: readonly string[],
  generic: string,
  value: string,
): readonly (readonly [string, Body])[] {
  if (generic !== 'databases.*.engine' || isWrittenAt(context, path.slice(0, -1), 'port')) return [];
  const usual = value === 'mariadb' ? 3306 : 5432;
  const port = databasePort(context, path[1], value);
  return port === usual ? [] : [['port', numberSlot(port)]];
}

/** The arbiter that a choice needs to be of any use, where there is none. */
function additionsFor(context: Context, path: readonly string[], generic: string, value: string): readonly Edit[] {
  const isGalera =
    (generic === 'databases.*.replication.between_regions' && value === 'galera') ||
    (generic === 'databases.*.engine' &&
      value === 'mariadb' &&
      dataAt(context, [...path.slice(0, -1), 'replication'])['between_regions'] !== 'none');
  const votes =
    isGalera ||
    (generic === 'dns.failover.by' && value === 'checkers') ||
    (generic === 'dns.provider' && value !== 'none');
  return votes ? withArbiter(context) : [];
}

/** Adds an arbiter where an even number of regions has none. */
export function withArbiter({ model, tree, catalog }: Context): readonly Edit[] {
  if (model.regions.length % 2 === 1 || model.regions.length < 2 || model.arbiter !== undefined) return [];
  const location = arbiterLocation(model, catalog);
  return location === undefined ? [] : (setValue(tree, ['arbiter'], `{ location: ${location} }`, 'regions') ?? []);
}
