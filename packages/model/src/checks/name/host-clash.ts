import { report } from '@groundplan/diagnostics';
import type { Host } from '../../model.js';
import type { Check } from '../context.js';
import { dotted } from '../places.js';

/** Two entities, in different regions or tiers, would have a host of one name. Reported once for each such pair. */
export const hostClash: Check = ({ model }) => {
  const first = new Map<string, Host>();
  const known = new Set<string>();
  return [...model.hosts].sort(byPlace).flatMap((host) => {
    const earlier = first.get(host.name);
    if (earlier === undefined) {
      first.set(host.name, host);
      return [];
    }
    const pair = `${labelOf(earlier)} ${labelOf(host)}`;
    if (known.has(pair) || earlier.entity === host.entity) return [];
    known.add(pair);
    return [
      report(
        'name/host-clash',
        placeOf(host),
        { host: host.name, other: labelOf(earlier) },
        { related: [{ span: placeOf(earlier), message: `${labelOf(earlier)} has a host ${host.name} too` }] },
      ),
    ];
  });
};

function byPlace(a: Host, b: Host): number {
  return placeOf(a).start - placeOf(b).start || a.ordinal - b.ordinal;
}

function placeOf({ entity, span }: Host) {
  return entity?.keySpan ?? span;
}

function labelOf({ entity, region }: Host): string {
  return entity === undefined ? 'the arbiter' : `${dotted(entity)} in ${region?.name}`;
}
