import { type Catalog, findLocation, type LocationName, roundTripMilliseconds } from '@groundplan/catalog';
import type { Bucket, Database, DatabaseBackup, External, FileBackup, Model, SharedStorage } from '../../model.js';
import type { Reference } from '../../names.js';
import { dotted, isWritten } from '../places.js';
import type { Part } from '../relation.js';

/** What keeps data. */
export type Stateful = Database | SharedStorage;

/** A backup whose target exists. */
export interface Backup {
  readonly owner: Stateful;
  readonly backup: DatabaseBackup | FileBackup;
  readonly to: Reference;
  readonly target: Bucket | External;
}

/** The backups of a topology, as far as they name a target that exists and may be one. */
export function backupsOf(model: Model): readonly Backup[] {
  return [...model.databases, ...model.storages].flatMap((owner) => {
    const { backup } = owner;
    const to = backup?.to;
    const target = to && targetOf(model, to);
    return backup && to && target ? [{ owner, backup, to, target }] : [];
  });
}

function targetOf({ buckets, externals }: Model, { target }: Reference): Bucket | External | undefined {
  if (target?.kind === 'bucket') return buckets.find(({ name }) => name === target.name);
  if (target?.kind === 'external') return externals.find(({ name }) => name === target.name);
  return undefined;
}

/** A bucket and the backups that go into it. */
export interface BucketWithBackups {
  readonly bucket: Bucket;
  readonly backups: readonly Backup[];
}

/** The buckets that hold backups, in the order of the file. */
export function backupBuckets(model: Model): readonly BucketWithBackups[] {
  const backups = backupsOf(model);
  return model.buckets.flatMap((bucket) => {
    const own = backups.filter(({ target }) => target === bucket);
    return own.length === 0 ? [] : [{ bucket, backups: own }];
  });
}

/** `database.main`, `database.main and storage.media`. */
export function ownersOf(backups: readonly Backup[]): readonly string[] {
  return backups.map(({ owner }) => dotted(owner));
}

/** Where each backup names its target. */
export function namingParts(backups: readonly Backup[]): readonly Part[] {
  return backups.map(({ owner, to }) => ({ span: to.span, message: `the backups of ${dotted(owner)} go there` }));
}

/** The locations in which an entity's data is, as far as they are known. */
export function locationsOf(owner: Stateful): readonly LocationName[] {
  const known = owner.inRegions.map(({ region }) => region.location).filter(isWritten);
  return [...new Set(known.map(({ value }) => value))];
}

/** Where a bucket is; undefined when the file does not say so, or says what cannot be. */
export function locationOf(model: Model, catalog: Catalog, { location }: Bucket): LocationName | undefined {
  const [region, ...more] = model.regions;
  const fromRegion = region !== undefined && more.length === 0 && isWritten(region.location);
  const known = location.origin.kind === 'default' ? fromRegion : isWritten(location);
  return known && findLocation(catalog, location.value)?.objectStorage ? location.value : undefined;
}

/** The locations with object storage where none of the data is, the farthest from it first. */
export function bucketLocationsAwayFrom(catalog: Catalog, data: readonly LocationName[]): readonly LocationName[] {
  const distance = (name: LocationName) =>
    Math.min(...data.map((location) => roundTripMilliseconds(name, location).value));
  return catalog.locations
    .filter(({ name, objectStorage }) => objectStorage && !data.includes(name))
    .map(({ name }) => name)
    .sort((a, b) => (data.length === 0 ? 0 : distance(b) - distance(a)) || (a < b ? -1 : 1));
}

/** Where apps get a key to write to a bucket: as its writers, or by an output that is one. */
export function usesByApps({ references }: Model, bucket: Bucket): readonly (Part & { readonly app: string })[] {
  const byKey = references
    .filter(({ target, output, from }) => {
      const isKey = output === 'access_key' || output === 'secret_key';
      return isKey && from.startsWith('app.') && target?.kind === 'bucket' && target.name === bucket.name;
    })
    .map(({ span, from }) => ({ span, app: from, message: `${from} gets a key` }));
  const writers = bucket.writers
    .filter(({ target }) => target?.kind === 'app')
    .map(({ span, name }) => ({ span, app: `app.${name}`, message: `app.${name} writes` }));
  return [...byKey, ...writers];
}
