import type { Region } from '@groundplan/model';
import { bucketId, regionId } from '../node-id.js';
import { answers } from './addresses.js';
import { leavingDns, leavingDnsForDatabase } from './clock.js';
import type { Statement } from './effect.js';
import type { RouteFacts } from './routes.js';
import { type Findings, reasonOf } from './services.js';
import { counted, listed, untilItIsBack, untilSomeoneActs } from './words.js';
import type { World } from './world.js';

/** What becomes of whole regions: one that is dead, and one that is up but sick. */
export function describeRegions(world: World, findings: Findings, facts: readonly RouteFacts[]): Statement[] {
  return world.model.regions.flatMap((region) => [
    ...(world.isRegionDead(region) ? [dead(world, region), ...nearby(world, region)] : sick(world, facts, region)),
    ...(world.isRegionDead(region) ? [] : waitingIn(findings, region)),
  ]);
}

function dead(world: World, region: Region): Statement {
  const hosts = world.model.hosts.filter((host) => host.region === region).length;
  const others = world.model.regions.filter((other) => other !== region && !world.isRegionDead(other));
  return {
    kind: 'node',
    subject: regionId(region),
    state: 'dark',
    text: `${region.name} is dead${hosts > 0 ? `, with ${counted(hosts, 'server')}` : ''}${others.length > 0 ? '' : '; no region is left'}`,
    because: `its location, ${region.location.value}, does not answer`,
    within: untilItIsBack,
    lost: 'open requests',
    fault: 'F14',
  };
}

/** What is kept in the location of a dead region may share its fate. */
function nearby(world: World, region: Region): Statement[] {
  return world.model.buckets
    .filter(({ location }) => location.value === region.location.value)
    .map((bucket) => ({
      kind: 'node',
      subject: bucketId(bucket),
      state: 'degraded',
      text: `bucket ${bucket.name} may be out of reach as well`,
      because: `it is kept in ${bucket.location.value}, where ${region.name} is`,
      within: untilItIsBack,
      lost: undefined,
      fault: undefined,
    }));
}

/** A region whose balancers run and whose health says 503, with the host names that it is sick for. */
function sick(world: World, facts: readonly RouteFacts[], region: Region): Statement[] {
  const ill = facts.flatMap((each) => {
    const service = each.services.find((found) => found.region === region);
    const isUp = each.name.addresses.some((address) => address.region === region && answers(world, address));
    return service?.isSick === true && service.planned > 0 && isUp ? [{ facts: each, service }] : [];
  });
  const [first] = ill;
  if (first === undefined) return [];
  const names = [...new Set(ill.map(({ facts: each }) => each.name.host))];
  const reasons = [...new Set(ill.map(({ service }) => reasonOf(service)))];
  const leaves = ill.every(({ facts: each }) => !each.published.some((address) => address.region === region));
  const noticed = Math.max(0, ...ill.flatMap(({ service }) => service.down.map((each) => each.noticed)));
  const { dns } = world.model;
  const within =
    !leaves || dns === undefined
      ? untilSomeoneActs
      : noticed > 0
        ? leavingDnsForDatabase(dns, noticed)
        : leavingDns(dns);
  return [
    {
      kind: 'node',
      subject: regionId(region),
      state: 'degraded',
      text: `${region.name} runs but cannot serve ${listed(names)}: /_region/health turns 503${leaves ? ', and its addresses leave DNS' : ', and its addresses stay in DNS'}`,
      because: listed(reasons),
      within,
      lost: undefined,
      fault: first.service.down[0]?.fault,
    },
  ];
}

/** What is up in a region and yet does not matter there. */
function waitingIn({ databases }: Findings, region: Region): Statement[] {
  return [...databases].flatMap(([database, verdicts]): Statement[] => {
    if (verdicts.get(region)?.state !== 'dark' || database.onFailure.value !== 'alert') return [];
    return [
      {
        kind: 'node',
        subject: regionId(region),
        state: 'degraded',
        text: `${region.name} stays in DNS, and what needs database ${database.name} fails there; an alert comes`,
        because: 'its on_failure is alert',
        within: untilSomeoneActs,
        lost: undefined,
        fault: undefined,
      },
    ];
  });
}
