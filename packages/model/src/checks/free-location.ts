import { type Catalog, type LocationName, roundTripMilliseconds } from '@groundplan/catalog';
import type { Model } from '../model.js';

/** The location nearest to `location` in which neither a region nor the arbiter is. */
export function freeLocation(model: Model, catalog: Catalog, location: LocationName): LocationName | undefined {
  const arbiter = model.arbiter === undefined ? [] : [model.arbiter.location.value];
  return nearestOf(catalog, [location], [...model.regions.map((region) => region.location.value), ...arbiter]);
}

/** A location for an arbiter: in which no region is, nearest to all of them. */
export function arbiterLocation(model: Model, catalog: Catalog): LocationName | undefined {
  const locations = model.regions.map((region) => region.location.value);
  return nearestOf(catalog, locations, locations);
}

function nearestOf(
  catalog: Catalog,
  to: readonly LocationName[],
  taken: readonly LocationName[],
): LocationName | undefined {
  const away = (name: LocationName) =>
    to.reduce((sum, location) => sum + roundTripMilliseconds(name, location).value, 0);
  return catalog.locations
    .map(({ name }) => name)
    .filter((name) => !taken.includes(name))
    .sort((a, b) => away(a) - away(b) || (a < b ? -1 : 1))[0];
}
