import type { Database } from '../model.js';
import { databaseBackup } from './backups.js';
import { overrides } from './regions.js';
import { child, integerBetween, oneOf, optional, type Scope, withDefault, withFallback } from './scope.js';
import { overriding } from './server-type.js';
import { inEachRegion, named, readSection, slot, type TierReading } from './tier.js';
import { readVolume } from './volumes.js';

/** The port on which each engine listens unless told otherwise. */
const portOf = { postgresql: 5432, mariadb: 3306 } as const;

const standbys = integerBetween(0, 4);

export function readDatabases(tier: TierReading): Database[] {
  return readSection(tier, 'databases', 'database', (scope, entry) => {
    const engine = withDefault(scope, 'engine', oneOf('postgresql', 'mariadb'));
    const standbyIn = (override: Scope | undefined) =>
      overriding(override, 'standby', standbys) ?? withDefault(scope, 'standby', standbys);
    return {
      kind: 'database',
      ...named(scope, entry),
      slot: slot(scope),
      inRegions: inEachRegion(tier, scope, entry.key, 'databases', 'db', (override) => {
        const standby = standbyIn(override);
        return { value: 1 + standby.value, origin: standby.origin };
      }),
      standby: tier.regions.map((region) => ({
        region,
        count: standbyIn(overrides(tier.root, tier.reading, region.name, 'databases', entry.key)),
      })),
      engine,
      durability: withDefault(scope, 'durability', oneOf('async', 'sync')),
      port: withFallback(scope, 'port', integerBetween(1, 65_535), portOf[engine.value], `the port of ${engine.value}`),
      volume: readVolume(scope),
      betweenRegions: betweenRegions(scope, tier.regions.length, engine.value),
      onFailure: withDefault(scope, 'on_failure', oneOf('region-sick', 'alert')),
      backup: databaseBackup(scope),
    };
  });
}

/** MariaDB replicates by Galera; for PostgreSQL the author must choose, since each way can lose something. */
function betweenRegions(scope: Scope, regions: number, engine: 'postgresql' | 'mariadb'): Database['betweenRegions'] {
  if (regions < 2) return undefined;
  const replication = child(scope, 'replication');
  const ways = oneOf('galera', 'pglogical', 'logical', 'none');
  return engine === 'mariadb'
    ? withFallback(replication, 'between_regions', ways, 'galera', 'the default of mariadb')
    : optional(replication, 'between_regions', ways);
}
