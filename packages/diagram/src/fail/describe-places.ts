import { type App, isPair, type LoadBalancer } from '@groundplan/model';
import type { Checkers } from './checkers.js';
import { markedDown, recordSeconds, takeover } from './clock.js';
import type { State, Statement, Within } from './effect.js';
import type { Place } from './plant.js';
import type { Verdict } from './verdict.js';
import { allOf, atMost, counted, entityWords, isOrAre, untilItIsBack, untilSomeoneActs } from './words.js';
import { living, type World } from './world.js';

/** What becomes of the balancers or app servers of a place; nothing when all of them live. */
export function describePlace(world: World, checkers: Checkers | undefined, place: Place): Statement[] {
  const { entity } = place;
  if (living(world, place).length === place.hosts.length) return [];
  if (entity.kind === 'load_balancer') return [balancers(world, checkers, place, entity)];
  return entity.kind === 'app' ? [apps(world, place, entity)] : [];
}

/** What remains of stateless servers: one alone has no spare. */
function remains(world: World, place: Place): { alive: number; dead: number; state: State } {
  const alive = living(world, place).length;
  const dead = place.hosts.length - alive;
  return { alive, dead, state: alive === 0 ? 'dark' : alive === 1 ? 'degraded' : 'carries-on' };
}

/** In words: how many are gone. */
function gone(world: World, place: Place, dead: number, what: string): string {
  if (world.isRegionDead(place.region)) return `${place.region.name} is dead`;
  if (dead < place.hosts.length) return `${counted(dead, what)} of ${place.hosts.length} ${isOrAre(dead)} dead`;
  return dead === 1 ? `its only ${what} is dead, and there is no second one` : `${allOf(dead, what)} dead`;
}

function balancers(world: World, checkers: Checkers | undefined, place: Place, balancer: LoadBalancer): Statement {
  const { alive, dead, state } = remains(world, place);
  const name = `load balancer ${balancer.name} in ${place.region.name}`;
  const base = { kind: 'node', subject: place.id, state, because: gone(world, place, dead, 'balancer') } as const;
  if (alive === 0) {
    const text = `${name} answers nobody`;
    return { ...base, text, within: untilSomeoneActs, lost: 'open requests', fault: faultOfRegion(world, place) };
  }
  const rest = `${counted(alive, 'balancer')} ${alive === 1 ? 'goes' : 'go'} on${alive === 1 ? ' without a second one' : ''}`;
  if (isPair(balancer)) {
    const text = `${name}: ${rest}, and ${alive === 1 ? 'has' : 'one of them has'} the address`;
    return { ...base, text, within: atMost(takeover), lost: 'open connections', fault: 'F2' };
  }
  if (balancer.mode.value === 'bgp') {
    const within: Within = { seconds: undefined, text: 'as soon as the routers notice: their timers decide' };
    return {
      ...base,
      text: `${name}: ${rest}; the dead no longer announce the address`,
      within,
      lost: 'open requests',
      fault: undefined,
    };
  }
  const { dns } = world.model;
  const leaves = checkers?.canAct === true && dns !== undefined;
  return {
    ...base,
    text: `${name}: ${rest}${leaves ? '' : '; the addresses of the dead stay in DNS'}`,
    within: leaves ? atMost(recordSeconds(dns)) : untilSomeoneActs,
    lost: 'open requests',
    fault: leaves ? 'F1' : undefined,
  };
}

function faultOfRegion(world: World, { region }: Place): Statement['fault'] {
  return world.isRegionDead(region) ? 'F14' : undefined;
}

function apps(world: World, place: Place, app: App): Statement {
  const { alive, dead, state } = remains(world, place);
  const name = `app ${app.name} in ${place.region.name}`;
  const base = { kind: 'node', subject: place.id, state, because: gone(world, place, dead, 'server') } as const;
  const rest = `${name} goes on with ${alive} of ${counted(place.hosts.length, 'server')}`;
  if (app.schedule !== undefined) {
    const text = alive === 0 ? `${name}: no host is left to run the job` : `${rest}; the job runs on one of them`;
    return {
      ...base,
      text,
      within: alive === 0 ? untilSomeoneActs : undefined,
      lost: 'the run that was under way',
      fault: undefined,
    };
  }
  if (app.port === undefined) {
    const text = alive === 0 ? `${name} does no work` : rest;
    return {
      ...base,
      text,
      within: alive === 0 ? untilSomeoneActs : undefined,
      lost: 'the work that was under way',
      fault: undefined,
    };
  }
  if (alive === 0) {
    return {
      ...base,
      text: `${name} is down`,
      within: untilSomeoneActs,
      lost: 'open requests',
      fault: faultOfRegion(world, place),
    };
  }
  return {
    ...base,
    text: `${rest}; balancers ask others at once, and mark the dead down`,
    within: atMost(markedDown(app)),
    lost: 'open requests that may not be repeated, such as POST; none of the others',
    fault: 'F4',
  };
}

/** What becomes of a database or a storage. */
export function describeVerdict({ place, state, text, because, within, lost, fault }: Verdict): Statement[] {
  return state === undefined ? [] : [{ kind: 'node', subject: place.id, state, text, because, within, lost, fault }];
}

/** What becomes of SSH: in each region it goes through the bastion's hosts there. */
export function describeAccess(world: World): Statement[] {
  const bastion = world.model.access?.bastion.loadBalancer;
  if (bastion === undefined) return [];
  return world.plant.places.flatMap((place): Statement[] => {
    if (place.entity !== bastion || living(world, place).length > 0 || world.isRegionDead(place.region)) return [];
    return [
      {
        kind: 'access',
        subject: place.region.name,
        state: 'dark',
        text: `nobody gets to the hosts of ${place.region.name} by SSH`,
        because: `every host of its bastion, ${entityWords(bastion)}, is dead`,
        within: untilItIsBack,
        lost: undefined,
        fault: undefined,
      },
    ];
  });
}
