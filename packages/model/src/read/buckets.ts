import { entryOf } from '@groundplan/syntax';
import { sha256Hex } from '../derive/hash.js';
import type { Bucket, External, Region } from '../model.js';
import { dottedReferenceAt } from './references.js';
import {
  boolean,
  fieldOf,
  integer,
  locationIn,
  oneOf,
  optional,
  type Scope,
  text,
  texts,
  withDefault,
  withFallback,
} from './scope.js';
import { named, readSection, type TierReading } from './tier.js';

/** Buckets: their names are shared by all of Hetzner's customers, so that a default one carries a hash of the zone. */
export function readBuckets(tier: TierReading, topologyName: string, zone: string): Bucket[] {
  return readSection(tier, 'buckets', 'bucket', (scope, entry) => {
    const own = named(scope, entry);
    const writers = entryOf(scope.node, 'writers')?.value;
    return {
      kind: 'bucket',
      ...own,
      bucketName: withFallback(
        scope,
        'name',
        text,
        `${topologyName}-${own.firstName}-${sha256Hex(zone).slice(0, 8)}`,
        'from the topology, the bucket and a hash of the zone',
      ),
      location: location(scope, tier.regions[0]),
      access: withDefault(scope, 'access', oneOf('private', 'public')),
      versioning: withDefault(scope, 'versioning', boolean),
      cors: texts(scope, 'cors'),
      writers: (writers?.kind === 'sequence' ? writers.items : []).flatMap(
        (item) => dottedReferenceAt({ ...scope, field: fieldOf(scope, 'writers') }, item, ['app']) ?? [],
      ),
    };
  });
}

function location(scope: Scope, region: Region | undefined): Bucket['location'] {
  const fallback = region?.location.value ?? 'fsn1';
  return withFallback(scope, 'location', locationIn(scope.reading.catalog), fallback, "the region's location");
}

/** The port on which each kind of external target listens. */
const portOf = { sftp: 22, s3: 443 } as const;

export function readExternals(tier: TierReading): External[] {
  return readSection(tier, 'external', 'external', (scope, entry) => {
    const type = withFallback(scope, 'type', oneOf('sftp', 's3'), 'sftp', 'no type is written');
    return {
      kind: 'external',
      ...named(scope, entry),
      type,
      host: withFallback(scope, 'host', text, '', 'no host is written'),
      user: optional(scope, 'user', text),
      port: withFallback(scope, 'port', integer, portOf[type.value], `the port of ${type.value}`),
      path: withFallback(scope, 'path', text, '/', 'no path is written'),
    };
  });
}
