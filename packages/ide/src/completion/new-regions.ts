import { findLocation, type LocationName } from '@groundplan/catalog';
import { fieldSchema } from '@groundplan/model/language';
import type { Context } from './context.js';
import { firstLocation, locations } from './values/locations.js';

/** A region that the topology could have besides those that it has, called by its city. */
export interface NewRegion {
  readonly name: string;
  readonly location: LocationName;
  readonly detail: string;
  /** The first that one would take. */
  readonly isUsual: boolean;
}

/** One in each location that is free. */
export function newRegions(context: Context): readonly NewRegion[] {
  const { catalog, model } = context;
  const path = ['regions', '', 'location'];
  const schema = fieldSchema(['arbiter', 'location']);
  if (schema === undefined) return [];
  const usual = firstLocation(context, path, schema);
  return locations(context, path, schema)
    .filter(({ rank = 5 }) => rank < 7)
    .flatMap(({ label, detail = '' }) => {
      const found = findLocation(catalog, label);
      const name = found?.city
        .split(',')[0]
        ?.toLowerCase()
        .replace(/[^a-z]/g, '')
        .slice(0, 15);
      const isTaken = model.regions.some((region) => region.name === name || region.firstName === name);
      if (found === undefined || name === undefined || isTaken) return [];
      return [{ name, location: found.name, detail, isUsual: label === usual }];
    });
}

/** Two regions near each other that one disaster does not reach, and the location of an arbiter, if there is one. */
export function twoRegions(context: Context): readonly [NewRegion, NewRegion, arbiter?: NewRegion] | undefined {
  const placeOf = ({ location }: NewRegion) => findLocation(context.catalog, location);
  const all = newRegions(context);
  const first = all.find(({ isUsual }) => isUsual) ?? all[0];
  if (first === undefined) return undefined;
  const near = all.filter((each) => each !== first && placeOf(each)?.networkZone === placeOf(first)?.networkZone);
  const second = near.find((each) => placeOf(each)?.country !== placeOf(first)?.country) ?? near[0];
  const third = near.find((each) => each !== second);
  if (second === undefined) return undefined;
  return third === undefined ? [first, second] : [first, second, third];
}
