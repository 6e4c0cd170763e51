import type { Model } from '@groundplan/model';
import {
  arbiterId,
  bucketId,
  dnsId,
  externalId,
  hostId,
  internetId,
  type NodeId,
  regionId,
  volumeId,
} from '../node-id.js';
import { describeDns, judgeCheckers } from './checkers.js';
import { judgeDatabases } from './databases.js';
import { describeBackups, describeBuckets, describeReplication, describeTunnels } from './describe-between.js';
import { describeAccess, describePlace, describeVerdict } from './describe-places.js';
import { describeRegions } from './describe-regions.js';
import { describeRoute } from './describe-routes.js';
import { type Effect, type State, type Statement, worseOf } from './effect.js';
import { floatingIpOf, nodesOf } from './plant.js';
import { judgeRoutes, type RouteFacts } from './routes.js';
import { judgeStorages } from './storages.js';
import { living, type World, worldOf } from './world.js';

/**
 * What the failure of some things does to a topology: which nodes go dark, what carries on, what is degraded, and what users of
 * each route get. Everything fails at the same time; votes count against what is configured. What is promised is the design's, the
 * worst case of it where it depends on which of several servers was in charge. Pure and deterministic; never throws.
 */
export function fail(model: Model, failed: readonly NodeId[]): Effect {
  const world = worldOf(model, failed);
  const findings = { databases: judgeDatabases(world), storages: judgeStorages(world) };
  const checkers = judgeCheckers(world);
  const facts = judgeRoutes(world, findings, checkers);
  const base = { failed: world.failed, unknown: world.unknown };
  if (world.failed.length === 0) {
    const routes = facts.map(({ effect }) => ({ ...effect, state: undefined }));
    return { ...base, states: new Map(), routes, statements: [] };
  }
  const statements = [
    ...facts.flatMap((each) => describeRoute(world, checkers, each)),
    ...describeRegions(world, findings, facts),
    ...describeDns(world, checkers),
    ...world.plant.places
      .filter(({ region }) => !world.isRegionDead(region))
      .flatMap((place) => describePlace(world, checkers, place)),
    ...[...findings.databases.values()].flatMap((verdicts) => [...verdicts.values()].flatMap(describeVerdict)),
    ...[...findings.storages.values()].flatMap((verdicts) =>
      [...verdicts.values()].filter(({ place }) => !world.isRegionDead(place.region)).flatMap(describeVerdict),
    ),
    ...describeReplication(world),
    ...describeTunnels(world),
    ...describeArbiter(world),
    ...describeBuckets(world),
    ...describeBackups(world),
    ...describeAccess(world),
  ];
  return { ...base, states: statesOf(world, statements, facts), routes: facts.map(({ effect }) => effect), statements };
}

function describeArbiter(world: World): Statement[] {
  const { arbiter } = world.plant;
  if (arbiter === undefined || !world.isDead(arbiter)) return [];
  return [
    {
      kind: 'node',
      subject: arbiterId,
      state: 'dark',
      text: 'the arbiter is dead; it keeps no data and serves no traffic',
      because: 'what it did was to break ties: what has an even number of votes now does not survive being cut in half',
      within: undefined,
      lost: 'nothing',
      fault: undefined,
    },
  ];
}

/** The worst of what is said about each node, and of what is so without a word. */
function statesOf(world: World, statements: readonly Statement[], facts: readonly RouteFacts[]): Map<NodeId, State> {
  const { plant } = world;
  const known = nodesOf(plant);
  const states = new Map<NodeId, State>();
  const mark = (id: NodeId, state: State) => {
    if (known.has(id)) states.set(id, worseOf(state, states.get(id) ?? state));
  };
  for (const { kind, subject, state } of statements) if (kind === 'node') mark(subject, state);
  for (const [id, state] of silentStates(world)) mark(id, state);
  for (const place of plant.places) {
    const state = states.get(place.id);
    if (state !== 'dark' || !(place.tier === 'db' || place.tier === 'sto')) continue;
    // Servers that run and refuse are of no more use than dead ones.
    for (const host of place.hosts) mark(hostId(host), 'dark');
  }
  for (const region of plant.model.regions) {
    const own = plant.places.filter((place) => place.region === region);
    const worst = own.flatMap(({ id }) => states.get(id) ?? []).reduce<State | undefined>(worseOf, undefined);
    if (world.isRegionDead(region) || (own.length > 0 && own.every((place) => living(world, place).length === 0))) {
      mark(regionId(region), 'dark');
    } else if (worst !== undefined) mark(regionId(region), worst === 'carries-on' ? 'carries-on' : 'degraded');
  }
  const routes = facts.map(({ effect }) => effect.state);
  const worst = routes.reduce<State | undefined>(worseOf, undefined);
  if (worst !== undefined)
    mark(internetId, worst === 'dark' && !routes.every((each) => each === 'dark') ? 'degraded' : worst);
  if (facts.some(({ isDnsConcerned }) => isDnsConcerned)) mark(dnsId, 'carries-on');
  return new Map([...states].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** What is dead or lost, with what hangs on it. */
function silentStates(world: World): (readonly [NodeId, State])[] {
  const { plant, model } = world;
  return [
    ...model.hosts.flatMap((host): (readonly [NodeId, State])[] => {
      const isDead = world.isDead(host);
      const isLost = world.hasLostVolume(host);
      return [
        ...(isDead ? [[hostId(host), 'dark'] as const] : isLost ? [[hostId(host), 'degraded'] as const] : []),
        ...(isDead || isLost ? [[volumeId(host), 'dark'] as const] : []),
      ];
    }),
    ...plant.places.flatMap((place): (readonly [NodeId, State])[] => {
      const alive = living(world, place).length;
      if (alive === place.hosts.length) return [];
      const state = alive === 0 ? 'dark' : 'carries-on';
      return [[place.id, state], ...floatingIpOf(place).map((id) => [id, state] as const)];
    }),
    ...plant.links.filter(({ id }) => world.deadLinks.has(id)).map(({ id }) => [id, 'dark'] as const),
    ...model.buckets.filter(world.isTargetDead).map((each) => [bucketId(each), 'dark'] as const),
    ...model.externals.filter(world.isTargetDead).map((each) => [externalId(each), 'dark'] as const),
  ];
}
