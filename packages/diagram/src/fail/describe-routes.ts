import { isPair } from '@groundplan/model';
import { type Address, answers } from './addresses.js';
import type { Checkers } from './checkers.js';
import { leavingDns, leavingDnsForDatabase, takeover } from './clock.js';
import type { Statement, Within } from './effect.js';
import type { RouteFacts } from './routes.js';
import { reasonOf } from './services.js';
import { atMost, counted, isOrAre, listed, untilItIsBack, untilSomeoneActs } from './words.js';
import { living, type World } from './world.js';

/** What users of a route notice; nothing for a route that the failure does not touch. */
export function describeRoute(world: World, checkers: Checkers | undefined, facts: RouteFacts): Statement[] {
  const { state } = facts.effect;
  const base = { kind: 'route', subject: routeName(facts.effect) } as const;
  switch (state) {
    case undefined:
      return [];
    case 'dark':
      return [{ ...base, state, ...dark(world, facts) }];
    case 'degraded':
      return [{ ...base, state, ...degraded(world, checkers, facts) }];
    case 'carries-on':
      return [{ ...base, state, ...carriesOn(world, facts) }];
  }
}

type Told = Pick<Statement, 'text' | 'because' | 'within' | 'lost' | 'fault'>;

/** `shop.example.com/api`; the whole host is its name alone. */
export function routeName({ host, path }: { readonly host: string; readonly path: string }): string {
  return path === '/' ? host : `${host}${path}`;
}

function dark(world: World, facts: RouteFacts): Told {
  const { name, services, allSick, effect } = facts;
  const regions = new Set(name.addresses.map(({ region }) => region));
  const works = services.filter(
    (service) => service.works && name.addresses.some((each) => each.region === service.region && answers(world, each)),
  );
  const reasons = [...regions].map((region) => ({ region, reason: reasonAt(world, facts, region) }));
  const told = reasons.filter(({ reason }) => reason !== '');
  const because =
    regions.size === 1
      ? (told[0]?.reason ?? `load balancer ${name.balancer.name} has no address`)
      : told.map(({ region, reason }) => `${region.name}: ${reason}`).join('; ');
  const text =
    works.length === 0
      ? `${routeName(effect)} is not served`
      : `${routeName(effect)} may be out of reach: ${listed(works.map(({ region }) => region.name))} could serve it, but no region is healthy`;
  const stays = allSick ? '; no address is healthy, so that those published last stay' : '';
  return {
    text,
    because: `${because || 'nothing serves it'}${stays}`,
    within: untilSomeoneActs,
    lost: 'open requests',
    fault: [...regions].some(world.isRegionDead) ? 'F14' : allSick ? 'F20' : undefined,
  };
}

function reasonAt(world: World, { name, services }: RouteFacts, region: Address['region']): string {
  if (world.isRegionDead(region)) return `${region.name} is dead`;
  const own = name.addresses.filter((address) => address.region === region);
  if (!own.some((address) => answers(world, address))) return `load balancer ${name.balancer.name} has no server left`;
  const service = services.find((each) => each.region === region);
  return service === undefined ? 'the route leads to no app' : reasonOf(service);
}

function degraded(world: World, checkers: Checkers | undefined, facts: RouteFacts): Told {
  const { bad, published, effect, serving, allSick } = facts;
  const name = routeName(effect);
  const flawed = serving.filter((service) => service.works && service.flaws.length > 0);
  const flaws = flawed.map(
    ({ flaws: each, region }) =>
      `what needs ${listed(each)} fails${world.model.regions.length > 1 ? ` in ${region.name}` : ''}`,
  );
  if (bad.length === 0) {
    return {
      text: `${name} is served, but ${listed(flaws)}`,
      because: `the programs themselves are up, so that their health checks and DNS do not see it`,
      within: untilItIsBack,
      lost: undefined,
      fault: undefined,
    };
  }
  const reasons = [...new Set(bad.map((address) => badReason(world, facts, address)))];
  const stays = whyItStays(world, checkers, facts);
  return {
    text: `about ${bad.length} of ${published.length} new requests to ${name} fail${flaws.length > 0 ? `, and ${listed(flaws)}` : ''}`,
    because: `${listed(reasons)}, and ${stays}`,
    within: untilSomeoneActs,
    lost: 'open requests',
    fault: allSick
      ? 'F20'
      : checkers === undefined
        ? undefined
        : world.isDnsApiDown
          ? 'F21'
          : checkers.canAct
            ? undefined
            : 'F19',
  };
}

function badReason(world: World, facts: RouteFacts, address: Address): string {
  if (world.isRegionDead(address.region)) return `${address.region.name} is dead`;
  if (!answers(world, address))
    return `${listed(address.hosts.map(({ name }) => name))} ${isOrAre(address.hosts.length)} dead`;
  return `in ${address.region.name} ${reasonAt(world, facts, address.region)}`;
}

/** Why nobody takes an address out of DNS that leads nowhere. */
function whyItStays(world: World, checkers: Checkers | undefined, { name, bad, allSick }: RouteFacts): string {
  const { dns } = world.model;
  if (name.balancer.mode.value === 'bgp') return 'its balancers still announce the address';
  if (dns === undefined || dns.provider.value === 'none') return 'Groundplan does not manage the records';
  if (checkers === undefined) return 'dns.failover is none: nobody takes the addresses out of DNS';
  if (world.isDnsApiDown) return 'the DNS API that would drop the records does not answer';
  if (!checkers.canAct)
    return `the checkers have ${checkers.alive} of ${checkers.votes} votes, so that the records stay`;
  if (allSick) return 'no address is healthy, so that those published last stay';
  if (bad.some((address) => !answers(world, address))) return 'dns.failover.keep_at_least keeps the records';
  return 'on_failure: alert keeps the region in DNS';
}

function carriesOn(world: World, facts: RouteFacts): Told {
  const { effect, serving, name } = facts;
  const droppedRegions = regionsOnlyDropped(facts);
  const steps = [
    ...leavingSteps(world, facts),
    ...takeoverSteps(world, facts),
    ...serving.flatMap(({ pauses }) => pauses.map((each) => ({ ...each, within: atMost(each.seconds) }))),
  ];
  const slowest = steps.reduce<Within | undefined>(
    (worst, { within }) => ((within?.seconds ?? 0) > (worst?.seconds ?? -1) ? within : worst),
    undefined,
  );
  const from = world.model.regions.length > 1 ? ` from ${listed(effect.from)}` : '';
  const deadBalancers = name.addresses.some((address) => living(world, address).length < address.hosts.length);
  return {
    text: `${routeName(effect)} is served${from}${droppedRegions.length > 0 ? ' alone' : ''}`,
    because: steps.map(({ text }) => text).join('; '),
    within: slowest,
    lost: deadBalancers || droppedRegions.length > 0 ? 'open requests' : undefined,
    fault: faultOf(world, facts),
  };
}

function faultOf(world: World, { dropped, services, serving, name }: RouteFacts): Told['fault'] {
  if (dropped.some(({ region }) => world.isRegionDead(region))) return 'F14';
  const sick = services.find(({ region, down }) => down.length > 0 && dropped.some((each) => each.region === region));
  if (sick !== undefined) return sick.down[0]?.fault;
  if (dropped.some((address) => !answers(world, address))) return name.balancer.mode.value === 'bgp' ? undefined : 'F1';
  if (name.addresses.some((address) => living(world, address).length < address.hosts.length)) return 'F2';
  return serving.some(({ servers, planned }) => servers < planned) ? 'F4' : undefined;
}

/** The regions that keep no address in DNS. */
function regionsOnlyDropped({ dropped, published }: RouteFacts): Address['region'][] {
  const kept = new Set(published.map(({ region }) => region));
  return [...new Set(dropped.map(({ region }) => region))].filter((region) => !kept.has(region));
}

function leavingSteps(
  world: World,
  facts: RouteFacts,
): { readonly text: string; readonly within: Within | undefined }[] {
  const { dns } = world.model;
  const { dropped, services, name } = facts;
  if (dropped.length === 0) return [];
  if (name.balancer.mode.value === 'bgp') {
    const within: Within = { seconds: undefined, text: 'as soon as the routers notice: their timers decide' };
    return [
      {
        text: `${counted(dropped.length, 'balancer')} no longer ${dropped.length === 1 ? 'announces' : 'announce'} the address`,
        within,
      },
    ];
  }
  if (dns === undefined) return [];
  const whole = regionsOnlyDropped(facts);
  const regional = whole.map((region) => {
    const service = services.find((each) => each.region === region);
    const answering = dropped.some((address) => address.region === region && answers(world, address));
    const noticed = Math.max(0, ...(service?.down ?? []).map((each) => each.noticed));
    const why = reasonAt(world, facts, region);
    return {
      text: `${region.name} leaves DNS${why === '' ? ', because another route of its name is down there' : `: ${why}`}`,
      within: answering && noticed > 0 ? leavingDnsForDatabase(dns, noticed) : leavingDns(dns),
    };
  });
  const single = dropped.filter(({ region }) => !whole.includes(region));
  if (single.length === 0) return regional;
  const names = single.flatMap(({ hosts }) => hosts.map((host) => host.name));
  const text = `${listed(names)} ${isOrAre(names.length)} dead, and ${names.length === 1 ? 'its records leave' : 'their records leave'} DNS`;
  return [...regional, { text, within: leavingDns(dns) }];
}

function takeoverSteps(world: World, { name, published }: RouteFacts) {
  if (!isPair(name.balancer)) return [];
  return published
    .filter((address) => living(world, address).length < address.hosts.length)
    .map(({ hosts, region }) => ({
      text: `if the address was at ${listed(hosts.filter(world.isDead).map((host) => host.name))}, ${listed(hosts.filter((host) => !world.isDead(host)).map((host) => host.name))} takes it over${world.model.regions.length > 1 ? ` in ${region.name}` : ''}`,
      within: atMost(takeover),
    }));
}
