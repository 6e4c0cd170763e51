import type { Database, Host } from '@groundplan/model';
import { databaseNoticed, eviction, relay } from './clock.js';
import { remainsOf } from './data-lost.js';
import { siteWords } from './failable.js';
import { type Place, placesOfEntity } from './plant.js';
import type { Site } from './sites.js';
import { untouched, type Verdict } from './verdict.js';
import { extraVoter, isMajority } from './votes.js';
import { atMost, counted, listed, untilItIsBack, untilSomeoneActs } from './words.js';
import { living, type World } from './world.js';

/** One Galera cluster: over the regions, or within one. */
interface Cluster {
  readonly places: readonly Place[];
  /** All votes that there are by configuration. */
  readonly votes: number;
  /** The votes that live, by where they are. A region that holds the extra voter has it in its number. */
  readonly alive: ReadonlyMap<Site, number>;
}

/** MariaDB in one region. A node has a vote when its server and its volume are there. */
export function judgeGalera(world: World, database: Database, place: Place): Verdict {
  const cluster = clusterOf(world, database, place);
  const { votes } = cluster;
  const total = sum(cluster.alive.values());
  const near = [...cluster.alive].filter(([site]) => reaches(world, place.region, site));
  const alive = sum(near.map(([, count]) => count));
  const own = working(world, place);
  const isCut = cutBetween(world, cluster);
  if (total === votes && !isCut) return untouched(place);
  if (own.length === 0) return withoutServers(world, database, cluster, place);
  if (!isMajority(alive, votes)) return withoutMajority(world, database, place, { alive, votes, total });

  const name = `database ${database.name} in ${place.region.name}`;
  const others = near.filter(([site]) => site !== place.region);
  const largest = others.reduce((most, [, count]) => Math.max(most, count), cluster.places.length === 1 ? 1 : 0);
  const hasNoSpare = !isMajority(alive - largest, votes);
  const isLast = own.length === 1 && place.hosts.length > 1;
  const gone = place.hosts.length - own.length;
  const state = alive === votes ? 'carries-on' : isLast || hasNoSpare ? 'degraded' : 'carries-on';
  if (alive === votes) {
    return {
      place,
      state,
      pause: relay,
      noticed: 0,
      text: `${name} stays in touch with the others: the tunnel goes round the cut`,
      because: `${listed(others.map(([site]) => siteWords(site)))} can be reached on another way, so that all ${votes} votes stay together`,
      within: atMost(relay),
      lost: 'nothing',
      fault: 'F15',
    };
  }
  const next = nextToFail(others, alive);
  return {
    place,
    state,
    pause: eviction,
    noticed: 0,
    text: `${name} goes on${gone > 0 ? ` with ${counted(own.length, 'server')}${isLast ? ' and no standby' : ''}` : ''}; commits wait meanwhile`,
    because: `it has ${alive} of ${votes} votes, which is a majority${next === undefined ? '' : `; when ${siteWords(next)} or the way to it fails next, it stops as well`}`,
    within: atMost(eviction),
    lost: 'nothing',
    fault: faultOf(world, place),
  };
}

function faultOf(world: World, { hosts, region }: Place): Verdict['fault'] {
  if (hosts.some((host) => !world.isDead(host) && world.hasLostVolume(host))) return 'F23';
  return world.model.regions.some((other) => other !== region && world.isRegionDead(other)) ? 'F14' : undefined;
}

function clusterOf(world: World, database: Database, place: Place): Cluster {
  const { plant } = world;
  const places = spansRegions(world, database) ? placesOfEntity(plant, database) : [place];
  const members = sum(places.map(({ hosts }) => hosts.length));
  const voter = extraVoter(plant, members, places);
  const alive = new Map<Site, number>(places.map((each) => [each.region, working(world, each).length]));
  if (voter !== undefined && !world.isDead(voter)) {
    const site = voter.region ?? 'arbiter';
    alive.set(site, (alive.get(site) ?? 0) + 1);
  }
  return { places, votes: members + (voter === undefined ? 0 : 1), alive };
}

/** Whether the regions' servers are one cluster. */
export function spansRegions({ model }: World, { engine, betweenRegions }: Database): boolean {
  return engine.value === 'mariadb' && model.regions.length > 1 && betweenRegions?.value === 'galera';
}

/** Without a tunnel, the arbiter of a region is asked over the internet. */
function reaches(world: World, one: Site, other: Site): boolean {
  return world.reaches(one, other) || (other === 'arbiter' && !world.plant.sites.includes('arbiter'));
}

/** Whether a tunnel between two living sites of the cluster carries nothing. */
function cutBetween({ plant, deadLinks }: World, { alive }: Cluster): boolean {
  const isVoting = (site: Site) => (alive.get(site) ?? 0) > 0;
  return plant.links.some(({ id, ends }) => deadLinks.has(id) && ends.every(isVoting));
}

function working(world: World, place: Place): Host[] {
  return living(world, place).filter((host) => !world.hasLostVolume(host));
}

/** The other site whose loss would leave half or less of those that are now together, if there is one. */
function nextToFail(others: readonly (readonly [Site, number])[], alive: number): Site | undefined {
  return others.find(([, count]) => count > 0 && !isMajority(alive - count, alive))?.[0];
}

function withoutMajority(
  world: World,
  database: Database,
  place: Place,
  { alive, votes, total }: { readonly alive: number; readonly votes: number; readonly total: number },
): Verdict {
  const isCutOff = alive < total;
  return {
    place,
    state: 'dark',
    pause: 0,
    noticed: eviction,
    text: `database ${database.name} in ${place.region.name} refuses reads and writes`,
    because: `it has ${alive} of ${votes} votes${isCutOff ? ' within reach' : ''}, which is no majority${isCutOff ? '; it joins again by itself when a tunnel is back' : ''}`,
    within: isCutOff ? { seconds: eviction, text: `≤ ${eviction} s, until a tunnel is back` } : untilSomeoneActs,
    lost: 'nothing',
    fault: isCutOff ? 'F16' : hasDeadRegion(world) ? 'F14' : undefined,
  };
}

function hasDeadRegion(world: World): boolean {
  return world.model.regions.some((region) => world.isRegionDead(region));
}

function withoutServers(world: World, database: Database, cluster: Cluster, place: Place): Verdict {
  const { hosts, region } = place;
  const name = `database ${database.name} in ${region.name}`;
  const base = { place, state: 'dark', pause: 0, noticed: databaseNoticed } as const;
  const members = cluster.places.flatMap((each) => each.hosts);
  if (members.every((host) => world.hasLostVolume(host))) {
    const { lost, remedy } = remainsOf(world, database);
    const text = `${name} has no data left: ${remedy}`;
    return { ...base, text, because: 'all of its volumes are lost', within: untilSomeoneActs, lost, fault: 'F24' };
  }
  const lostDisks = hosts.filter((host) => world.hasLostVolume(host)).length;
  const why =
    lostDisks > 0
      ? 'its volumes are lost, and others have to copy the data to new ones'
      : hosts.length === 1
        ? 'its only server is gone, and there is no standby'
        : 'all of its servers are gone';
  return {
    ...base,
    text: `${name} is down`,
    because: world.isRegionDead(region) ? `${region.name} is dead` : why,
    within: lostDisks > 0 ? untilSomeoneActs : untilItIsBack,
    lost: members.some((host) => !world.isDead(host) && !world.hasLostVolume(host))
      ? 'nothing that was committed'
      : 'nothing, when its servers come back; else what came after the last archived binlog',
    fault: world.isRegionDead(region) ? 'F14' : lostDisks > 0 ? 'F23' : 'F13',
  };
}

function sum(numbers: Iterable<number>): number {
  let total = 0;
  for (const number of numbers) total += number;
  return total;
}
