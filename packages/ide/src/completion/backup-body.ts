import { findLocation, type LocationName } from '@groundplan/catalog';
import { addFirst, bucketLocationsAwayFrom, locationsOf, setValue } from '@groundplan/model';
import { fieldSchema } from '@groundplan/model/language';
import { entityAt } from '../facts/entities.js';
import { choice, type Made, map, plain, slot, text } from './body.js';
import { type Context, isWrittenAt } from './context.js';
import { firstLocation } from './values/locations.js';
import { references } from './values/references.js';

/** The target of a backup; where there is none that fits, a new bucket away from the data: beside the section if that is new as well. */
export function backupBody(context: Context, path: readonly string[], isNew: boolean): Made | undefined {
  const entity = path.slice(0, 2);
  const schema = fieldSchema([...entity, 'backup']);
  const [best, ...others] = (schema === undefined ? [] : references(context, [...entity, 'backup'], '', schema))
    .filter(({ rank = 5 }) => rank < 7)
    .flatMap(({ body }) => (body.kind === 'scalar' ? [plain(body)] : []));
  if (best !== undefined) return { body: choice(best, ...others) };
  const { catalog, model } = context;
  const [location] = bucketLocationsAwayFrom(catalog, dataLocations(context, entity));
  const name = ['dumps', 'backups', 'backups-2'].find((each) => !model.buckets.some((bucket) => bucket.name === each));
  if (location === undefined || name === undefined) return undefined;
  if (isNew && !isWrittenAt(context, [], 'buckets')) {
    const bucket = { slot: name, link: 'bucket' };
    const entry = [text(bucket), map({ location: text(location) })] as const;
    return { body: text('bucket.', bucket), companions: [['buckets', { kind: 'map', entries: [entry] }]] };
  }
  const body = slot(`bucket.${name}`);
  const additionalEdits = newBucket(context, path[0], name, `{ location: ${location} }`);
  return additionalEdits && { body, additionalEdits };
}

/** Where the data of an entity is; for one that is not there yet, where it will most likely be. */
function dataLocations(context: Context, entity: readonly string[]): readonly LocationName[] {
  const { model, catalog } = context;
  const found = entityAt(model, entity);
  if (found?.kind === 'database' || found?.kind === 'storage') return locationsOf(found);
  const regions = model.regions.map(({ location }) => location.value);
  const usual = findLocation(catalog, likelyLocation(context) ?? '');
  return regions.length > 0 || usual === undefined ? regions : [usual.name];
}

/** Writes a bucket behind the last section but for the one with the cursor, or before that one where it is alone. */
function newBucket(context: Context, own: string | undefined, name: string, bucket: string): Made['additionalEdits'] {
  const { tree, word } = context;
  const { root } = tree;
  const apart = root?.entries.filter(({ key, merged, span }) => key !== own && !merged && span.end < word.start);
  if (root?.entries.at(-1)?.key !== own) return setValue(tree, ['buckets', name], bucket);
  const isAlone = root?.entries.length === 1 && root.entries[0]?.keySpan.start !== word.start;
  if (root !== undefined && isAlone) return addFirst(tree, root, 'buckets', `{ ${name}: ${bucket} }`);
  return setValue(tree, ['buckets', name], bucket, apart?.at(-1)?.key);
}

function likelyLocation(context: Context): string | undefined {
  const schema = fieldSchema(['region']);
  return schema && firstLocation(context, ['region'], schema);
}
