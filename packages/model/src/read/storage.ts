import { entryOf } from '@groundplan/syntax';
import type { InRegion, SharedStorage } from '../model.js';
import { fileBackup } from './backups.js';
import { plainReference, plainReferenceAt } from './references.js';
import { child, fieldOf, integer, oneOf, type Scope, withDefault } from './scope.js';
import { serverType } from './server-type.js';
import { named, readSection, slot, type TierReading } from './tier.js';
import { readVolume } from './volumes.js';

export function readStorages(tier: TierReading): SharedStorage[] {
  return readSection(tier, 'shared_storage', 'storage', (scope, entry) => {
    const replicas = child(scope, 'replicas');
    const data = withDefault(replicas, 'data', integer);
    const arbiter = withDefault(replicas, 'arbiter', integer);
    const geoReplication = readGeoReplication(scope);
    return {
      kind: 'storage',
      ...named(scope, entry),
      slot: slot(scope),
      inRegions: regionsOf(tier, geoReplication).map(
        (region): InRegion => ({
          region,
          count: { value: data.value + arbiter.value, origin: data.origin },
          type: serverType(scope, 'sto', region.location.value),
        }),
      ),
      engine: withDefault(scope, 'engine', oneOf('glusterfs')),
      replicas: { data, arbiter },
      volume: readVolume(scope),
      geoReplication,
      backup: fileBackup(scope),
    };
  });
}

/** Every region has its own storage; where it is replicated, the regions that take part do. */
function regionsOf(tier: TierReading, geo: SharedStorage['geoReplication']) {
  if (geo === undefined) return tier.regions;
  const names = new Set([geo.from, ...geo.to].map((reference) => reference?.name));
  const taking = tier.regions.filter((region) => names.has(region.name));
  return taking.length === 0 ? tier.regions : taking;
}

function readGeoReplication(scope: Scope): SharedStorage['geoReplication'] {
  const entry = entryOf(scope.node, 'geo_replication');
  if (entry === undefined) return undefined;
  const geo = child(scope, 'geo_replication');
  const to = entryOf(geo.node, 'to')?.value;
  const items = to?.kind === 'sequence' ? to.items : to === undefined ? [] : [to];
  return {
    keySpan: entry.keySpan,
    from: plainReference(geo, 'from', 'region'),
    to: items.flatMap((item) => plainReferenceAt({ ...geo, field: fieldOf(geo, 'to') }, item, 'region') ?? []),
  };
}
