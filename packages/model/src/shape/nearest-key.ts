import { nearest } from '../nearest.js';
import type { Place, Places } from './place.js';
import type { Violation } from './validate.js';

/** The key that an unknown one was most likely meant to be, of those that its map has and that are not written yet. */
export function nearestKey(places: Places, { params, parentSchema }: Violation, place: Place): string | undefined {
  const free = Object.keys(parentSchema.properties ?? {}).filter((known) => !places.entry(place, known));
  return nearest(params.additionalProperty ?? '', free);
}
