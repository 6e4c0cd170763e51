import { type LocationName, roundTripMilliseconds } from '@groundplan/catalog';
import { report } from '@groundplan/diagnostics';
import type { Model } from '../../model.js';
import type { Check } from '../context.js';
import { isWritten } from '../places.js';
import { galeraOverRegions, placeOfGalera } from './galera.js';

/** A Galera cluster over regions makes every commit wait for its farthest member. */
export const commitLatency: Check = ({ model, tree }) => {
  const farthest = farthestMembers(model);
  if (farthest === undefined) return [];
  return galeraOverRegions(model, tree).map((database) =>
    report('database/commit-latency', placeOfGalera(database), farthest),
  );
};

/** The members with the longest way between them. The arbiter is one: it takes part in the order of commits. */
function farthestMembers({ regions, arbiter }: Model) {
  const sites: { name: string; location: LocationName }[] = regions
    .filter(({ location }) => isWritten(location))
    .map(({ name, location }) => ({ name, location: location.value }));
  if (arbiter !== undefined && isWritten(arbiter.location)) {
    sites.push({ name: 'the arbiter', location: arbiter.location.value });
  }
  let farthest: { milliseconds: string; between: string; estimated: boolean } | undefined;
  let longest = -1;
  for (const [index, one] of sites.entries()) {
    for (const other of sites.slice(index + 1)) {
      const { value, estimated } = roundTripMilliseconds(one.location, other.location);
      if (value <= longest) continue;
      longest = value;
      farthest = { milliseconds: String(value), between: `${one.name} and ${other.name}`, estimated };
    }
  }
  return farthest;
}
