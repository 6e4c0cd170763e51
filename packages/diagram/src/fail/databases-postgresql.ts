import type { Database, Host } from '@groundplan/model';
import { databaseNoticed, promotion, standbyGivenUp } from './clock.js';
import { remainsOf } from './data-lost.js';
import type { Place } from './plant.js';
import { untouched, type Verdict } from './verdict.js';
import { extraVoter, isMajority } from './votes.js';
import { atMost, counted, isOrAre, untilSomeoneActs } from './words.js';
import { living, type World } from './world.js';

/**
 * PostgreSQL of one region: Patroni with an etcd whose voters are the database servers, and one more where they are even. A voter needs
 * its host, a database its volume as well.
 */
export function judgePostgresql(world: World, database: Database, place: Place): Verdict {
  const { hosts, region } = place;
  const working = living(world, place).filter((host) => !world.hasLostVolume(host));
  const voter = extraVoter(world.plant, hosts.length, [place]);
  const votes = hosts.length + (voter === undefined ? 0 : 1);
  const alive = living(world, place).length + (hasVote(world, place, voter) ? 1 : 0);
  if (working.length === hosts.length && alive === votes) return untouched(place);
  const name = `database ${database.name} in ${region.name}`;
  if (working.length === 0) return withoutServers(world, database, place);
  const count = `${alive} of ${votes} votes`;
  if (!isMajority(alive, votes)) {
    return {
      place,
      state: 'dark',
      pause: 0,
      noticed: promotion,
      text: `${name} takes no writes: ${counted(working.length, 'server')} left, no majority`,
      because: `${count} are left, and a primary without a majority steps down, so that there are never two`,
      within: untilSomeoneActs,
      lost: losesTail(database),
      fault: 'F12',
    };
  }
  // The last one of several, or a majority without a vote to spare: the next loss is one too many.
  const isLast = working.length === 1 && hosts.length > 1;
  const state = isLast || !isMajority(alive - 1, votes) ? 'degraded' : 'carries-on';
  if (working.length === hosts.length) {
    return {
      place,
      state,
      pause: 0,
      noticed: 0,
      text: `${name} goes on; nobody notices`,
      because: `${count} are left, which is a majority${state === 'degraded' ? ', and without a vote to spare: when a database server dies next, no standby takes over' : ''}`,
      within: atMost(1),
      lost: 'nothing',
      fault: 'F10',
    };
  }
  const lostDisk = living(world, place).length > working.length;
  const goesOn = isLast
    ? 'goes on with one server and no standby'
    : `goes on with ${counted(working.length, 'server')}`;
  return {
    place,
    state,
    pause: promotion,
    noticed: 0,
    text: `${name} ${goesOn}; if the primary is gone, a standby takes its place`,
    because: `${lostDisk ? 'a volume is lost' : `${counted(hosts.length - working.length, 'server')} ${isOrAre(hosts.length - working.length)} gone`}, and ${count} are a majority${waiting(database, isLast)}`,
    within: atMost(promotion),
    lost: losesTail(database),
    fault: lostDisk ? 'F23' : 'F6',
  };
}

/** The voter of the region, or the arbiter where the region reaches it. Without a tunnel it is asked over the internet. */
function hasVote(world: World, { region }: Place, voter: Host | undefined): boolean {
  if (voter === undefined || world.isDead(voter)) return false;
  return voter.tier !== 'arbiter' || !world.plant.sites.includes('arbiter') || world.reaches(region, 'arbiter');
}

function losesTail({ durability }: Database): string {
  return durability.value === 'sync' ? 'nothing' : 'what was not replicated yet: the last moments before the failure';
}

/** Commits that wait for a standby wait in vain at first, and are then acknowledged with one copy alone. */
function waiting({ durability }: Database, isLast: boolean): string {
  if (durability.value !== 'sync' || !isLast) return '';
  return `; commits wait ≤ ${standbyGivenUp} s for a standby that is not there, and what is written after that exists once`;
}

function withoutServers(world: World, database: Database, place: Place): Verdict {
  const { hosts, region } = place;
  const name = `database ${database.name} in ${region.name}`;
  const base = { place, state: 'dark', pause: 0, noticed: databaseNoticed, within: untilSomeoneActs } as const;
  if (hosts.every((host) => world.hasLostVolume(host))) {
    const { lost, remedy } = remainsOf(world, database);
    const text = `${name} has no data left: ${remedy}`;
    return { ...base, text, because: 'all of its volumes are lost', lost, fault: 'F24' };
  }
  const because =
    hosts.length === 1 ? 'its only server is gone, and there is no standby' : 'all of its servers are gone';
  return {
    ...base,
    text: `${name} is down`,
    because: world.isRegionDead(region) ? `${region.name} is dead` : because,
    lost: 'nothing, when its servers come back; else what came after the last archived WAL',
    fault: world.isRegionDead(region) ? 'F14' : 'F13',
  };
}
