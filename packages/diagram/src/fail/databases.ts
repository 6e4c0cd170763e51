import type { Database, Region } from '@groundplan/model';
import { judgeGalera } from './databases-galera.js';
import { judgePostgresql } from './databases-postgresql.js';
import { type Place, placesOfEntity } from './plant.js';
import type { Verdict } from './verdict.js';
import type { World } from './world.js';

export type DatabaseVerdicts = ReadonlyMap<Database, ReadonlyMap<Region, Verdict>>;

/** How each database is in each of its regions. */
export function judgeDatabases(world: World): DatabaseVerdicts {
  return new Map(
    world.model.databases.map((database) => {
      const verdicts = placesOfEntity(world.plant, database).map((place) => judge(world, database, place));
      return [database, new Map(verdicts.map((verdict) => [verdict.place.region, verdict]))];
    }),
  );
}

function judge(world: World, database: Database, place: Place): Verdict {
  return database.engine.value === 'postgresql'
    ? judgePostgresql(world, database, place)
    : judgeGalera(world, database, place);
}
