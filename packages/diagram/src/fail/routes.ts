import type { Region, Route } from '@groundplan/model';
import { type Address, answers, type HostName, hostNames } from './addresses.js';
import type { Checkers } from './checkers.js';
import type { RouteEffect } from './effect.js';
import { type Findings, type Service, serviceOf } from './services.js';
import { living, type World } from './world.js';

/** A route, with everything that tells what its users get. */
export interface RouteFacts {
  readonly name: HostName;
  readonly route: Route;
  /** One for each region in which the host name has addresses. */
  readonly services: readonly Service[];
  /** Those to which clients are still sent. */
  readonly serving: readonly Service[];
  readonly effect: RouteEffect;
  /** Addresses that no client is sent to any more. */
  readonly dropped: readonly Address[];
  /** Addresses that clients are still sent to although they get nothing there. */
  readonly bad: readonly Address[];
  /** Addresses that clients are sent to in the end. */
  readonly published: readonly Address[];
  /** Whether every address was unhealthy, so that the last published ones stay (F20). */
  readonly allSick: boolean;
  /** Whether checkers find an address that they would rather drop. */
  readonly isDnsConcerned: boolean;
}

/** What users of each route get. */
export function judgeRoutes(world: World, findings: Findings, checkers: Checkers | undefined): RouteFacts[] {
  return hostNames(world.plant).flatMap((name) => {
    const byRoute = new Map(name.routes.map((route) => [route, servicesOf(world, findings, name, route)]));
    const isSick = (region: Region) =>
      [...byRoute.values()].some((services) =>
        services.some((service) => service.region === region && service.isSick && service.planned > 0),
      );
    return [...byRoute].map(([route, services]) => judge(world, checkers, name, route, services, isSick));
  });
}

function servicesOf(world: World, findings: Findings, { addresses }: HostName, route: Route): Service[] {
  const regions = [...new Set(addresses.map(({ region }) => region))];
  return regions.flatMap((region) => serviceOf(world, findings, route, region) ?? []);
}

function judge(
  world: World,
  checkers: Checkers | undefined,
  name: HostName,
  route: Route,
  services: readonly Service[],
  isSick: (region: Region) => boolean,
): RouteFacts {
  const { addresses } = name;
  const serviceAt = ({ region }: Address) => services.find((service) => service.region === region);
  const isHealthy = (address: Address) => answers(world, address) && !isSick(address.region);
  const isGood = (address: Address) => answers(world, address) && serviceAt(address)?.works === true;
  const healthy = addresses.filter(isHealthy);
  const published = publishedOf(world, checkers, name, healthy);
  const bad = published.filter((address) => !isGood(address));

  const isWatched = checkers !== undefined && name.balancer.mode.value !== 'bgp';
  const allSick = isWatched && healthy.length === 0 && addresses.length > 0;
  const allGood = addresses.every(isGood);
  /** Whether it is certain that clients find it: what stays published when all are sick depends on the order in which they fell. */
  const isSolid = (address: Address) =>
    isGood(address) && (!isWatched || isHealthy(address) || addresses.every(({ region }) => region === address.region));
  const isDark = addresses.length === 0 || !(allGood || addresses.some(isSolid));

  const failing = isDark ? 1 : published.length === 0 ? 0 : bad.length / published.length;
  const dropped = addresses.filter((address) => !published.includes(address));
  const serving = services.filter(({ region }) =>
    published.some((address) => address.region === region && answers(world, address)),
  );
  const isFlawed = serving.some((service) => service.works && service.flaws.length > 0);
  const isTouched =
    dropped.length > 0 ||
    serving.some(({ pauses }) => pauses.length > 0) ||
    addresses.some((address) => living(world, address).length < address.hosts.length);
  const state = isDark ? 'dark' : failing > 0 || isFlawed ? 'degraded' : isTouched ? 'carries-on' : undefined;
  const from = services
    .filter(({ flaws }) => flaws.length === 0 && !isDark)
    .filter(({ region }) => published.some((address) => address.region === region && isGood(address)))
    .map(({ region }) => region.name)
    .sort();
  return {
    name,
    route,
    services,
    serving,
    effect: { host: route.host, path: route.path, state, from, failing },
    dropped,
    bad,
    published,
    allSick,
    isDnsConcerned: isWatched && healthy.length < addresses.length,
  };
}

/** What clients are sent to in the end: by the checkers for names, by the routers for an announced address. */
function publishedOf(
  world: World,
  checkers: Checkers | undefined,
  { addresses, balancer }: HostName,
  healthy: readonly Address[],
): readonly Address[] {
  if (balancer.mode.value === 'bgp') {
    const announced = addresses.filter((address) => answers(world, address));
    return announced.length > 0 ? announced : addresses;
  }
  if (checkers?.canAct !== true || healthy.length === 0) return addresses;
  const keep = world.model.dns?.failover.keepAtLeast.value ?? 1;
  const kept = addresses.filter((address) => !healthy.includes(address)).slice(0, Math.max(0, keep - healthy.length));
  return addresses.filter((address) => healthy.includes(address) || kept.includes(address));
}
