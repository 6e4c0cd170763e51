import type { App, Region, Route } from '@groundplan/model';
import { markedDown } from './clock.js';
import type { DatabaseVerdicts } from './databases.js';
import { type Needs, needsOf, withCalled } from './needs.js';
import { placeOfEntity } from './plant.js';
import type { StorageVerdicts } from './storages.js';
import type { Verdict } from './verdict.js';
import { counted, listed } from './words.js';
import { living, type World } from './world.js';

/** What has been found out about the tiers with data. */
export interface Findings {
  readonly databases: DatabaseVerdicts;
  readonly storages: StorageVerdicts;
}

/** An app in one region, with all that it needs there. */
export interface Service {
  readonly region: Region;
  readonly app: App;
  /** App servers that live, of how many. */
  readonly servers: number;
  readonly planned: number;
  /** Databases of the app that are down there. */
  readonly down: readonly Verdict[];
  /** Whether everything is there without which no request can be served. */
  readonly works: boolean;
  /** Whether `/_region/health` says 503 because of it: no server, or a database that makes its region sick. */
  readonly isSick: boolean;
  /** What fails although the rest is served, in words. */
  readonly flaws: readonly string[];
  /** What mends itself, in words, and the seconds that it takes. */
  readonly pauses: readonly { readonly text: string; readonly seconds: number }[];
}

/** The app of a route in a region; undefined when the route leads nowhere. */
export function serviceOf(world: World, findings: Findings, route: Route, region: Region): Service | undefined {
  const { model } = world;
  const app = model.apps.find(({ name }) => name === route.app.target?.name);
  if (app === undefined) return undefined;
  const needs = needsOf(model);
  const { databases = [] } = needs.get(app) ?? {};
  const [servers, planned] = serversOf(world, app, region);
  const verdicts = databases.flatMap((each) => findings.databases.get(each)?.get(region) ?? []);
  const down = verdicts.filter(({ state }) => state === 'dark');
  const makesSick = down.some(({ place }) => !isAlertOnly(place.entity));
  return {
    region,
    app,
    servers,
    planned,
    down,
    works: servers > 0 && down.length === 0,
    isSick: servers === 0 || makesSick,
    flaws: flawsOf(world, findings, needs, app, region),
    pauses: [
      ...(servers > 0 && servers < planned
        ? [
            {
              text: `${counted(planned - servers, 'server')} of app ${app.name} in ${region.name} ${planned - servers === 1 ? 'gets' : 'get'} no more requests`,
              seconds: markedDown(app),
            },
          ]
        : []),
      ...verdicts.filter(({ pause }) => pause > 0).map(pauseOf),
    ],
  };
}

/** Whether a region stays in DNS without the database. */
function isAlertOnly(entity: Verdict['place']['entity']): boolean {
  return entity.kind === 'database' && entity.onFailure.value === 'alert';
}

function pauseOf({ place: { entity, region }, pause }: Verdict) {
  return { text: `what needs ${entity.kind} ${entity.name} in ${region.name} waits ≤ ${pause} s`, seconds: pause };
}

function serversOf(world: World, app: App, region: Region): readonly [living: number, planned: number] {
  const place = placeOfEntity(world.plant, app, region);
  return place === undefined ? [0, 0] : [living(world, place).length, place.hosts.length];
}

function flawsOf(world: World, findings: Findings, needs: ReadonlyMap<App, Needs>, app: App, region: Region): string[] {
  const used = withCalled(needs, app);
  const flaws = new Set<string>();
  for (const each of used) {
    const { databases = [], buckets = [], storages = [] } = needs.get(each) ?? {};
    if (each !== app && isGone(world, each, region)) flaws.add(`app ${each.name}`);
    for (const storage of storages) {
      if (findings.storages.get(storage)?.get(region)?.state === 'dark') flaws.add(`storage ${storage.name}`);
    }
    for (const bucket of buckets) if (world.isTargetDead(bucket)) flaws.add(`bucket ${bucket.name}`);
    if (each === app) continue;
    for (const database of databases) {
      if (findings.databases.get(database)?.get(region)?.state === 'dark') flaws.add(`database ${database.name}`);
    }
  }
  return [...flaws].sort();
}

/** An app that never had servers there cannot lose them. */
function isGone(world: World, app: App, region: Region): boolean {
  const [servers, planned] = serversOf(world, app, region);
  return planned > 0 && servers === 0;
}

/** Why a service does not work, in words; empty when it does. */
export function reasonOf({ app, servers, planned, down }: Service): string {
  const reasons = [
    ...(servers > 0 ? [] : [planned === 0 ? `app ${app.name} has no servers` : `app ${app.name} has no server left`]),
    ...down.map(({ place: { entity } }) => `database ${entity.name} is down`),
  ];
  return listed(reasons);
}
