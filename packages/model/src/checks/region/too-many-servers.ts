import { report, type Span } from '@groundplan/diagnostics';
import type { Region } from '../../model.js';
import type { Check } from '../context.js';
import { dotted, isMeant, listed } from '../places.js';

/** A region has more servers than its network takes. What is marked is the largest count in it, once for all regions that share it. */
export const tooManyServers: Check = ({ model, catalog }) => {
  const limit = catalog.limits.serversPerNetwork;
  const entities = [...model.loadBalancers, ...model.apps, ...model.databases, ...model.storages];
  const overfull = model.regions.flatMap((region) => {
    const tiers = entities.flatMap((entity) =>
      entity.inRegions
        .filter((place) => place.region === region && isMeant(place.count))
        .map(({ count }) => ({ entity, count: count.value, span: count.origin.span })),
    );
    const total = tiers.reduce((sum, { count }) => sum + count, 0);
    const [largest, ...others] = [...tiers].sort((a, b) => b.count - a.count || a.span.start - b.span.start);
    return total <= limit || largest === undefined ? [] : [{ region, total, largest, others }];
  });
  const bySpan = new Map<string, (typeof overfull)[number] & { readonly regions: Region[] }>();
  for (const each of overfull) {
    const key = spanKey(each.largest.span);
    const known = bySpan.get(key);
    if (known === undefined) bySpan.set(key, { ...each, regions: [each.region] });
    else known.regions.push(each.region);
  }
  return [...bySpan.values()].map(({ regions, total, largest, others }) =>
    report(
      'region/too-many-servers',
      largest.span,
      {
        regions: listed(regions.map(({ name }) => name)),
        count: total,
        limit,
        what: dotted(largest.entity),
      },
      {
        related: others
          .filter(({ count }) => count > 0)
          .map(({ entity, count, span }) => ({ span, message: `${dotted(entity)} has ${count} servers there` })),
      },
    ),
  );
};

function spanKey({ start, end }: Span): string {
  return `${start}-${end}`;
}
