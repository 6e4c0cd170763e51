import { type Catalog, findLocation, type LocationName, roundTripMilliseconds } from '@groundplan/catalog';
import type { Model } from '../model.js';

/** The location nearest to `location` in which neither a region nor the arbiter is. */
export function freeLocation(model: Model, catalog: Catalog, location: string): string | undefined {
  const arbiter = model.arbiter === undefined ? [] : [model.arbiter.location.value];
  return nearestOf(catalog, [location], [...model.regions.map((region) => region.location.value), ...arbiter]);
}

/** A location for an arbiter: in which no region is, nearest to all of them. */
export function arbiterLocation(model: Model, catalog: Catalog): string | undefined {
  const locations = model.regions.map((region) => region.location.value);
  return nearestOf(catalog, locations, locations);
}

function nearestOf(catalog: Catalog, to: readonly string[], taken: readonly string[]): string | undefined {
  const known = to.flatMap((name) => findLocation(catalog, name) ?? []);
  const away = (name: LocationName) =>
    known.reduce((sum, location) => sum + roundTripMilliseconds(name, location.name).value, 0);
  return catalog.locations
    .map(({ name }) => name)
    .filter((name) => !taken.includes(name))
    .sort((a, b) => away(a) - away(b) || (a < b ? -1 : 1))[0];
}
