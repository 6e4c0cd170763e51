import type { Host } from '@groundplan/model';
import { dnsId } from '../node-id.js';
import { providerName } from './clock.js';
import type { Statement } from './effect.js';
import type { Plant } from './plant.js';
import { isMajority } from './votes.js';
import { untilItIsBack, untilSomeoneActs } from './words.js';
import { living, type World } from './world.js';

/** Those who take dead addresses out of DNS. */
export interface Checkers {
  /** Sites, or with one region hosts, that vote. */
  readonly votes: number;
  readonly alive: number;
  /** Whether they can change records: they have a majority, and the provider listens. */
  readonly canAct: boolean;
}

/** Undefined where nobody watches the addresses. */
export function judgeCheckers(world: World): Checkers | undefined {
  const { dns } = world.model;
  if (dns === undefined || dns.provider.value === 'none' || dns.failover.by.value === 'none') return undefined;
  const voters = votersOf(world);
  if (voters.length === 0) return undefined;
  const alive = voters.filter(Boolean).length;
  return {
    votes: voters.length,
    alive,
    canAct: isMajority(alive, voters.length) && !world.isDnsApiDown,
  };
}

/**
 * Whether each voter lives. With several regions one vote for each region with balancers, which any of them casts, and the arbiter's
 * where they are even; with one, a vote for each balancer and as many database hosts as make an odd number of three or more.
 * They speak over the internet, so that tunnels do not matter.
 */
function votersOf(world: World): boolean[] {
  const { plant, model } = world;
  const balancers = plant.places.filter(({ tier }) => tier === 'lb');
  const regions = model.regions.filter((region) => balancers.some((place) => place.region === region));
  if (model.regions.length > 1) {
    const sites = regions.map((region) =>
      balancers.some((place) => place.region === region && living(world, place).length > 0),
    );
    const breaksTies = sites.length % 2 === 0 && sites.length > 0 && plant.arbiter !== undefined;
    return breaksTies ? [...sites, plant.arbiter !== undefined && !world.isDead(plant.arbiter)] : sites;
  }
  const hosts = balancers.flatMap((place) => place.hosts);
  return [...hosts, ...observers(plant, hosts.length)].map((host) => !world.isDead(host));
}

function observers({ places }: Plant, balancers: number): Host[] {
  if (balancers === 0) return [];
  const wanted = Math.max(3, balancers + ((balancers + 1) % 2)) - balancers;
  const hosts = places.filter(({ tier }) => tier === 'db').flatMap((place) => place.hosts);
  return hosts.slice(0, wanted);
}

/** What DNS itself has to say: that records cannot change, or only just. */
export function describeDns(world: World, checkers: Checkers | undefined): Statement[] {
  const statements: Statement[] = [];
  const base = { kind: 'node', subject: dnsId, state: 'degraded', lost: undefined } as const;
  if (world.isDnsApiDown) {
    statements.push({
      ...base,
      text: `records stay as they are and names still resolve${checkers === undefined ? '; an apply that changes them fails' : '; a balancer that dies now stays in DNS'}`,
      because: `the API of ${providerName(world.model)} does not answer${checkers === undefined ? '' : '; the checkers try again, less and less often'}`,
      within: untilItIsBack,
      fault: 'F21',
    });
  }
  if (checkers === undefined || checkers.alive === checkers.votes) return statements;
  const { alive, votes } = checkers;
  const count = `${alive} of ${votes} checkers' votes are left`;
  if (!isMajority(alive, votes)) {
    statements.push({
      ...base,
      text: 'nobody takes a dead address out of DNS, nor puts one back: the records stay as they are',
      because: `${count}, which is no majority`,
      within: untilSomeoneActs,
      fault: 'F19',
    });
  } else if (!isMajority(alive - 1, votes)) {
    statements.push({
      ...base,
      // Where one host more or less is meant, its death is what this is about, and it is said of the balancers.
      state: world.model.regions.length > 1 ? 'degraded' : 'carries-on',
      text: 'dead addresses still leave DNS; when one more vote is gone they stay',
      because: `${count}, which is a majority without one to spare`,
      within: undefined,
      fault: 'F19',
    });
  }
  return statements;
}
