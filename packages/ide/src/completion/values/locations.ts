import { findLocation, type LocationName } from '@groundplan/catalog';
import {
  backupBuckets,
  bucketLocationsAwayFrom,
  homeOf,
  locationsOf,
  networksOf,
  overlaps,
  usableRange,
} from '@groundplan/model';
import type { SchemaNode } from '@groundplan/model/language';
import { text } from '../body.js';
import { type Context, isWrittenAt, type ValueProposal } from '../context.js';

/** Whether a field says where something is. */
export function isLocation(generic: string): boolean {
  return generic === 'region' || generic === 'regions.*' || /(^|\.)location$/.test(generic);
}

/** The locations that a field may have, with those last that put two things into one place. */
export function locations(context: Context, path: readonly string[], schema: SchemaNode): ValueProposal[] {
  const { catalog } = context;
  const names = schema.enum ?? catalog.locations.map(({ name }) => name);
  return names.flatMap((name) => {
    const location = findLocation(catalog, name);
    if (location === undefined) return [];
    const judged = judge(context, path, location.name);
    if (judged === 'refused') return [];
    return [
      {
        label: name,
        kind: 'location',
        body: text(name),
        detail: `${location.city}, ${location.country} · ${location.networkZone}${judged === '' ? '' : ` · ${judged}`}`,
        rank: judged === '' ? 5 : 7,
      } satisfies ValueProposal,
    ];
  });
}

/** What speaks against a location, if anything: `refused`, or a few words. */
function judge(context: Context, path: readonly string[], location: LocationName): string {
  const { model, catalog } = context;
  if (path[0] === 'arbiter') {
    return model.regions.some((region) => region.location.value === location) ? 'refused' : '';
  }
  if (path[0] === 'buckets') {
    if (!findLocation(catalog, location)?.objectStorage) return 'refused';
    const held = backupBuckets(model).find(({ bucket }) => bucket.name === path[1])?.backups ?? [];
    const data = held.flatMap(({ owner }) => locationsOf(owner));
    return data.length === 0 || bucketLocationsAwayFrom(catalog, data).includes(location) ? '' : 'where the data is';
  }
  if (model.arbiter?.location.value === location) return 'refused';
  const own = path[0] === 'regions' ? path[1] : model.regions[0]?.name;
  const base = path[0] === 'regions' ? path.slice(0, 2) : ['region'];
  const others = networksOf(model).filter(({ region }) => region?.name !== own);
  const home = homeOf(location);
  const isTaken = others.some((other) => {
    const range = usableRange(other);
    return range !== undefined && overlaps(range, home);
  });
  if (isTaken && !isWrittenAt(context, base, 'cidr')) return 'refused';
  return others.some(({ region }) => region?.location.value === location) ? 'another region is there' : '';
}

/** The first location that a new region, bucket or arbiter could have. */
export function firstLocation(context: Context, path: readonly string[], schema: SchemaNode): string | undefined {
  return [...locations(context, path, schema)].sort((a, b) => (a.rank ?? 5) - (b.rank ?? 5))[0]?.label;
}
