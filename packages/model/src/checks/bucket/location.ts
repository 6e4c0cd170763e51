import { type Catalog, findLocation, type LocationName } from '@groundplan/catalog';
import { type Diagnostic, type Fix, report } from '@groundplan/diagnostics';
import { nodeAt } from '@groundplan/syntax';
import { fix, replaceAt, setValue } from '../../edits.js';
import type { Bucket, Model } from '../../model.js';
import { nearest } from '../../nearest.js';
import { backupBuckets, bucketLocationsAwayFrom, locationsOf } from '../backup/targets.js';
import type { Check, CheckContext } from '../context.js';
import { isLeftOut } from '../left-out.js';
import { dotted, isWritten, pathOf } from '../places.js';

/** Buckets where Hetzner has no object storage, and buckets that do not say which of several regions they are in. */
export const location: Check = (context) =>
  context.model.buckets.flatMap((bucket) => {
    const { origin, value } = bucket.location;
    if (origin.kind === 'default') return byDefault(context, bucket);
    if (origin.kind === 'invalid') return noLocation(context, bucket);
    return findLocation(context.catalog, value)?.objectStorage ? [] : wrongLocation(context, bucket, value);
  });

/** Without a location the bucket is where the region is: with several regions that says nothing. */
function byDefault({ model, tree, catalog }: CheckContext, bucket: Bucket): Diagnostic[] {
  const [region, ...more] = model.regions;
  const path = pathOf(bucket);
  if (region === undefined || !isLeftOut(tree, path, 'location')) return [];
  const fixes = choices(model, catalog, bucket).flatMap((name) =>
    fix(`Write location: ${name}`, setValue(tree, [...path, 'location'], name)),
  );
  if (more.length > 0) {
    const facts = { keys: ['location'], where: path.join('.'), because: 'which is needed with several regions' };
    return [report('schema/missing-key', bucket.keySpan, facts, { label: 'lacks location', fixes })];
  }
  const { value } = region.location;
  if (!isWritten(region.location) || findLocation(catalog, value)?.objectStorage) return [];
  return [
    report(
      'bucket/location',
      bucket.keySpan,
      { location: value, allowed: allowed(catalog), key: dotted(bucket) },
      { related: [{ span: region.location.origin.span, message: `the region is in ${value}` }], fixes },
    ),
  ];
}

/** A word that names no location at all; anything but text has a diagnostic of its own. */
function noLocation({ model, tree, catalog }: CheckContext, bucket: Bucket): Diagnostic[] {
  const node = nodeAt(tree.root, [...pathOf(bucket), 'location']);
  if (node?.kind !== 'scalar' || typeof node.value !== 'string') return [];
  const close = nearest(node.value, allowed(catalog));
  return [
    report(
      'bucket/location',
      node.span,
      { location: node.value, allowed: allowed(catalog), ...(close === undefined ? {} : { nearest: close }) },
      close === undefined
        ? { fixes: moves(choices(model, catalog, bucket), bucket) }
        : { label: `did you mean ${close}?`, fixes: moves([close], bucket) },
    ),
  ];
}

function wrongLocation({ model, catalog }: CheckContext, bucket: Bucket, value: string): Diagnostic[] {
  return [
    report(
      'bucket/location',
      bucket.location.origin.span,
      { location: value, allowed: allowed(catalog) },
      { fixes: moves(choices(model, catalog, bucket), bucket) },
    ),
  ];
}

function moves(names: readonly string[], { location }: Bucket): Fix[] {
  return names.flatMap((name) => fix(`Change to ${name}`, replaceAt(location.origin.span, name)));
}

function allowed(catalog: Catalog): string[] {
  return catalog.locations.filter(({ objectStorage }) => objectStorage).map(({ name }) => name);
}

/** Where the bucket can be: away from the data whose backups it holds, if it holds any. */
function choices(model: Model, catalog: Catalog, bucket: Bucket): readonly LocationName[] {
  const held = backupBuckets(model).find((found) => found.bucket === bucket)?.backups ?? [];
  return bucketLocationsAwayFrom(
    catalog,
    held.flatMap(({ owner }) => locationsOf(owner)),
  );
}
