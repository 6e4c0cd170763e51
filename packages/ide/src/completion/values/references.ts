import { findImage } from '@groundplan/catalog';
import {
  backupBuckets,
  type DeclarationKind,
  hasSftp,
  locationsOf,
  type Model,
  type Reference,
  referenceWords,
  usesByApps,
} from '@groundplan/model';
import type { SchemaNode } from '@groundplan/model/language';
import { dotted } from '../../facts/entities.js';
import { text } from '../body.js';
import { type Context, dataAt, listAt, othersInList, type ValueProposal } from '../context.js';

/** What a field may name: everything that its kinds have, without what a check would refuse there. */
export function references(
  context: Context,
  path: readonly string[],
  generic: string,
  schema: SchemaNode,
): ValueProposal[] {
  const { reference: kinds = [], dotted: isDotted = false } = schema['x-groundplan'] ?? {};
  return kinds.flatMap((kind) => ofKind(context, path, generic, kind as DeclarationKind, isDotted, schema));
}

function ofKind(
  context: Context,
  path: readonly string[],
  generic: string,
  kind: DeclarationKind,
  isDotted: boolean,
  schema: SchemaNode,
): ValueProposal[] {
  const { model } = context;
  const written = (name: string) => (isDotted ? `${referenceWords[kind]}.${name}` : name);
  const proposal = (name: string, detail: string, rank = 5): ValueProposal => ({
    label: written(name),
    kind: 'entity',
    body: text(written(name)),
    detail,
    rank,
  });
  switch (kind) {
    case 'region':
      return regions(context, path, generic).map(({ name, location }) => proposal(name, location.value));
    case 'load_balancer':
      return model.loadBalancers.map(({ name, mode }) => proposal(name, mode.value));
    case 'app':
      return apps(context, path, generic).map((app) =>
        proposal(app.name, app.port === undefined ? 'worker' : `port ${app.port.value}`),
      );
    case 'database':
      return model.databases.map(({ name, engine }) => proposal(name, engine.value));
    case 'storage':
      return model.storages.map(({ name, engine }) => proposal(name, engine.value));
    case 'bucket':
      return backupTargets(context, path).buckets.map(({ bucket, isBeside }) =>
        proposal(bucket.name, `${bucket.location.value}${isBeside ? ' · where the data is' : ''}`, isBeside ? 7 : 5),
      );
    case 'external':
      return backupTargets(context, path).externals.map(({ name, type, host }) =>
        proposal(name, `${type.value} ${host.value}`, 6),
      );
    case 'secret':
      return secrets(context, schema).map(({ name, detail }) => proposal(name, detail));
  }
}

/** Regions that geo-replication may copy from or to: never one to itself, nor twice. */
function regions(context: Context, path: readonly string[], generic: string): Model['regions'] {
  const { model } = context;
  if (!generic.includes('geo_replication')) return model.regions;
  const own = path.slice(0, path.indexOf('geo_replication') + 1);
  const isFrom = path.at(-1) === 'from';
  const taken = isFrom
    ? listAt(context, [...own, 'to'])
    : [dataAt(context, own)['from'], ...othersInList(context, path.slice(0, -1))];
  return model.regions.filter(({ name }) => !taken.includes(name));
}

function apps(context: Context, path: readonly string[], generic: string): Model['apps'] {
  const { model } = context;
  if (generic === 'load_balancers.*.routes.*') return model.apps.filter(({ port }) => port !== undefined);
  if (generic !== 'buckets.*.writers.*') return model.apps;
  // A key of an app must not open the bucket that the backups are in.
  if (backupBuckets(model).some(({ bucket }) => bucket.name === path[1])) return [];
  const taken = othersInList(context, path.slice(0, -1));
  return model.apps.filter((app) => !taken.includes(dotted(app)));
}

/** Where the backups of what is at a path may go. */
export function backupTargets(context: Context, path: readonly string[]) {
  const { model, catalog } = context;
  const [section, name] = path;
  const owner = [...model.databases, ...model.storages].find(
    (each) => each.name === name && (each.kind === 'database') === (section === 'databases'),
  );
  const data = owner === undefined ? model.regions.map(({ location }) => location.value) : locationsOf(owner);
  const buckets = model.buckets
    .filter((bucket) => bucket.access.value === 'private' && usesByApps(model, bucket).length === 0)
    .map((bucket) => ({ bucket, isBeside: data.includes(bucket.location.value) }));
  const pgbackrest = findImage(catalog, model.image.value)?.pgbackrest ?? '0.0';
  const isPostgresql = section === 'databases' && (owner?.kind !== 'database' || owner.engine.value === 'postgresql');
  const externals = model.externals.filter(({ type }) => {
    return !(isPostgresql && type.value === 'sftp' && !hasSftp(pgbackrest));
  });
  return { buckets, externals };
}

interface Secret {
  readonly name: string;
  readonly detail: string;
}

/** The secrets that the file names, and the one that the field's documentation has as its example. */
export function secrets({ model }: Pick<Context, 'model'>, schema: SchemaNode | undefined): readonly Secret[] {
  const known = model.references.flatMap(({ kind, target }: Reference) =>
    kind === 'secret' && target !== undefined ? [target.name] : [],
  );
  const usual = (schema?.examples ?? []).flatMap((example) => {
    return typeof example === 'string' && example.startsWith('secret.') ? [example.slice('secret.'.length)] : [];
  });
  const names = [...new Set(known)].sort();
  return [
    ...names.map((name) => ({ name, detail: 'a secret of this topology' })),
    ...usual.filter((name) => !names.includes(name)).map((name) => ({ name, detail: 'a new secret' })),
  ];
}
