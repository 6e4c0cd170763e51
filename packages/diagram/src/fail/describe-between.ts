import type { Database, SharedStorage } from '@groundplan/model';
import { regionId } from '../node-id.js';
import { eviction, relay } from './clock.js';
import { targetOf, targetWords } from './data-lost.js';
import { spansRegions } from './databases-galera.js';
import type { Statement } from './effect.js';
import { siteWords } from './failable.js';
import { type Place, placeOfEntity, placesOfEntity } from './plant.js';
import { atMost, untilItIsBack } from './words.js';
import { living, membersOf, type World } from './world.js';

/** What becomes of the tunnels: who still reaches whom. */
export function describeTunnels(world: World): Statement[] {
  const { plant, deadLinks } = world;
  return plant.links.flatMap(({ id, ends: [one, other] }): Statement[] => {
    if (!deadLinks.has(id)) return [];
    const isGone = [one, other].some((site) => (site === 'arbiter' ? isArbiterDead(world) : world.isRegionDead(site)));
    if (isGone) return [];
    const silent = [one, other].find((site) => membersOf(world.plant, site).every(world.isDead));
    const around = world.reaches(one, other);
    const names = `${siteWords(one)} and ${siteWords(other)}`;
    return [
      {
        kind: 'node',
        subject: id,
        state: 'dark',
        text: around ? `${names} reach each other through another site` : `${names} do not reach each other`,
        because: around
          ? 'the tunnel between them is cut, and tinc goes round it'
          : `${silent === undefined ? 'the tunnel is cut' : `no host in ${siteWords(silent)} that is in the tunnel is left`}, and there is no way round`,
        within: around
          ? atMost(relay)
          : {
              seconds: eviction,
              text: `until it is back; an alert comes after ${world.model.tunnel?.alertAfter.value ?? 30} s`,
            },
        lost: 'nothing',
        fault: around ? 'F15' : 'F16',
      },
    ];
  });
}

function isArbiterDead({ plant, isDead }: World): boolean {
  return plant.arbiter !== undefined && isDead(plant.arbiter);
}

/** What becomes of replication between regions that does not need a majority: PostgreSQL's, and copies of files. */
export function describeReplication(world: World): Statement[] {
  const { databases, storages } = world.model;
  return [
    ...databases.flatMap((database) => ofDatabase(world, database)),
    ...storages.flatMap((storage) => ofStorage(world, storage)),
  ];
}

function ofDatabase(world: World, database: Database): Statement[] {
  const places = placesOfEntity(world.plant, database);
  if (places.length < 2 || spansRegions(world, database)) return [];
  const way = database.betweenRegions?.value ?? 'none';
  const name = `database ${database.name}`;
  const dead = places.filter((place) => !hasLiving(world, place));
  const statements = dead.flatMap((place) =>
    way === 'none' ? [onlyThere(name, place)] : goOnWithout(world, name, way, places, place),
  );
  if (way === 'none') return statements;
  const cut = pairs(places.filter((place) => hasLiving(world, place))).filter(
    ([a, b]) => !world.reaches(a.region, b.region),
  );
  return [
    ...statements,
    ...cut.flatMap(([a, b]) =>
      [a, b].map(
        (place): Statement => ({
          kind: 'node',
          subject: place.id,
          state: 'degraded',
          text: `${name} takes writes in ${a.region.name} and in ${b.region.name}; they differ, and converge when a tunnel is back`,
          because: `${way} goes on on both sides of a cut`,
          within: untilItIsBack,
          lost: 'of two edits of one row, the older',
          fault: 'F18',
        }),
      ),
    ),
  ];
}

/** Each region has data of its own, so that nobody has what one of them had. */
function onlyThere(name: string, { region }: Place): Statement {
  return {
    kind: 'node',
    subject: regionId(region),
    state: 'degraded',
    text: `what ${name} in ${region.name} held is nowhere else: other regions serve data of their own`,
    because: 'replication.between_regions is none',
    within: untilItIsBack,
    lost: undefined,
    fault: undefined,
  };
}

function goOnWithout(world: World, name: string, way: string, places: readonly Place[], gone: Place): Statement[] {
  return places
    .filter((place) => hasLiving(world, place))
    .map(({ id, region }) => ({
      kind: 'node',
      subject: id,
      state: 'degraded',
      text: `${name} in ${region.name} goes on with what ${gone.region.name} had sent`,
      because: `${way} sends a write on after it was acknowledged`,
      within: untilItIsBack,
      lost: `what ${gone.region.name} had not sent yet, if its volumes do not come back; of two edits of one row, the older`,
      fault: undefined,
    }));
}

function ofStorage(world: World, storage: SharedStorage): Statement[] {
  const { from, to = [] } = storage.geoReplication ?? {};
  const regionOf = (name: string | undefined) => world.model.regions.find((region) => region.name === name);
  const source = regionOf(from?.target?.name);
  const sourcePlace = source && placeOfEntity(world.plant, storage, source);
  if (source === undefined || sourcePlace === undefined) return [];
  return to.flatMap(({ target }): Statement[] => {
    const region = regionOf(target?.name);
    const place = region && placeOfEntity(world.plant, storage, region);
    if (region === undefined || place === undefined || !hasLiving(world, place)) return [];
    const sourceDead = !hasLiving(world, sourcePlace);
    if (!sourceDead && world.reaches(source, region)) return [];
    return [
      {
        kind: 'node',
        subject: place.id,
        state: 'degraded',
        text: `storage ${storage.name} in ${region.name} stays readable and gets nothing new; nobody can write to it there`,
        because: `${sourceDead ? `its source in ${source.name} is gone` : `${source.name} cannot be reached`}, and geo-replication is one way`,
        within: untilItIsBack,
        lost: `what ${source.name} had not sent yet${sourceDead ? ', if it does not come back' : ': only late, not lost'}`,
        fault: 'F29',
      },
    ];
  });
}

function hasLiving(world: World, place: Place): boolean {
  return living(world, place).some((host) => !world.hasLostVolume(host));
}

function pairs<T>(items: readonly T[]): (readonly [T, T])[] {
  return items.flatMap((one, index) => items.slice(index + 1).map((other) => [one, other] as const));
}

/** What becomes of backups whose target is gone. */
export function describeBackups(world: World): Statement[] {
  const { model } = world;
  return [...model.databases, ...model.storages].flatMap((entity): Statement[] => {
    const target = targetOf(model, entity);
    if (target === undefined || !world.isTargetDead(target)) return [];
    const isWal = entity.kind === 'database' && entity.engine.value === 'postgresql';
    const alert = `an alert comes when the last one is older than ${Math.round((entity.backup?.alertIfOlderThan.value ?? 0) / 3600)} h`;
    return [
      {
        kind: 'backup',
        subject: `${entity.kind}.${entity.name}`,
        state: 'degraded',
        text: isWal
          ? `backups of ${entity.kind} ${entity.name} stop; WAL queues on its volume up to a limit, then an alert comes`
          : `backups of ${entity.kind} ${entity.name} stop; ${alert}`,
        because: `${targetWords(target)} does not answer`,
        within: untilItIsBack,
        lost: isWal ? 'restoring to a moment after the limit was passed' : 'restoring to a moment in the gap',
        fault: entity.kind === 'database' ? 'F26' : 'F27',
      },
    ];
  });
}

/** What becomes of the links and uploads of apps that use a bucket. */
export function describeBuckets(world: World): Statement[] {
  return world.model.buckets.flatMap((bucket): Statement[] => {
    if (!world.isTargetDead(bucket)) return [];
    const isPublic = bucket.access.value === 'public' || bucket.writers.length > 0;
    return isPublic
      ? [
          {
            kind: 'node',
            subject: `bucket.${bucket.firstName}`,
            state: 'dark',
            text: `links to bucket ${bucket.name} fail, for reading and for writing`,
            because: `the object storage in ${bucket.location.value} does not answer`,
            within: untilItIsBack,
            lost: undefined,
            fault: undefined,
          },
        ]
      : [];
  });
}
