import type { Host, Model } from '@groundplan/model';
import { nearest } from '@groundplan/model';
import { Failure } from '../failure.js';

/** Names that are shown of all that there are. */
const mostShown = 12;

/**
 * The host of that name.
 *
 * @throws Failure when there is none, with the nearest name, or else with those that there are
 */
export function namedHost({ hosts, name }: Model, wanted: string): Host {
  const found = hosts.find((host) => host.name === wanted);
  if (found !== undefined) return found;
  const names = hosts.map((host) => host.name).sort();
  // The name of the topology is easily left out.
  const full = `${name.value}-${wanted}`;
  const near = names.includes(full) ? full : (nearest(wanted, names) ?? nearest(full, names));
  const unshown = names.length > mostShown ? ` and ${names.length - mostShown} more` : '';
  throw new Failure(
    `${name.value} has no host "${wanted}": ${
      near === undefined ? `there are ${names.slice(0, mostShown).join(', ')}${unshown}` : `did you mean ${near}?`
    }`,
  );
}
