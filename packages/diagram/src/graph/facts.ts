import { formatSum } from '@groundplan/catalog';
import {
  type Bucket,
  type Cost,
  type Database,
  type External,
  formatDuration,
  type Host,
  type Model,
  type Region,
  referenceWords,
} from '@groundplan/model';
import { counted, listed } from '../fail/words.js';
import type { Fact } from './graph.js';
import { dnsProviderName, engineName, replicationName, roleOf } from './words.js';

type Entity = NonNullable<Host['entity']>;

export function factsOfEntity(
  model: Model,
  entity: Entity,
  region: Region,
  hosts: readonly Host[],
  cost?: Cost,
): Fact[] {
  const types = [...new Set(hosts.map(({ type }) => type.value))];
  const [first] = hosts;
  const last = hosts.at(-1);
  const addresses =
    first === undefined ? undefined : first === last ? first.address : `${first.address} – ${last?.address}`;
  return facts([
    ['servers', hosts.length === 0 ? 'none here' : `${hosts.length} × ${listed(types)}`],
    ['addresses', addresses],
    ...own(model, entity),
    ['a month', monthly(cost, `${referenceWords[entity.kind]}.${entity.name}`, region.name)],
  ]);
}

function own(model: Model, entity: Entity): [string, string | undefined][] {
  switch (entity.kind) {
    case 'load_balancer': {
      const hosts = [...new Set(entity.routes.map(({ host }) => host))];
      return [
        ['mode', entity.mode.value],
        ['balance', entity.balance.value],
        ['TLS', entity.tls.mode.value],
        ['names', listed(hosts)],
        ['SSH', model.access?.bastion.loadBalancer === entity ? 'the way in to all servers' : undefined],
      ];
    }
    case 'app':
      return [
        ['port', entity.port === undefined ? 'none' : String(entity.port.value)],
        ['runs', entity.schedule?.value],
        ['program', programOf(entity)],
        ['health', entity.port === undefined ? undefined : entity.health.path.value],
        ['mounts', listed(entity.mounts.map(({ path }) => path))],
      ];
    case 'database':
      return [
        ['engine', engineName(entity.engine.value)],
        ['durability', entity.durability.value],
        ['volume', `${entity.volume.size.value} GB, ${entity.volume.filesystem.value}`],
        ['between regions', entity.betweenRegions && replicationName(entity.betweenRegions.value)],
        ['backup', backupOf(entity)],
      ];
    case 'storage':
      return [
        ['engine', engineName(entity.engine.value)],
        ['copies', String(entity.replicas.data.value)],
        ['volume', `${entity.volume.size.value} GB, ${entity.volume.filesystem.value}`],
        [
          'backup',
          entity.backup === undefined
            ? 'none'
            : `every ${formatDuration(entity.backup.every.value)} to ${targetOf(entity.backup)}`,
        ],
      ];
  }
}

function programOf({ run }: Model['apps'][number]): string | undefined {
  switch (run?.kind) {
    case 'container':
      return run.image.value;
    case 'artifact':
      return run.command.value;
    case 'script':
      return run.path.value;
    case undefined:
      return undefined;
  }
}

function backupOf({ backup }: Database): string {
  return backup === undefined ? 'none' : `full ${backup.full.value}, to ${targetOf(backup)}`;
}

function targetOf({ to }: { readonly to: { readonly kind: string | undefined; readonly name: string } | undefined }) {
  return to === undefined ? 'nowhere' : `${to.kind ?? ''}.${to.name}`;
}

export function factsOfRegion(region: Region, hosts: number, cost?: Cost): Fact[] {
  const sum = cost?.regions.find(({ name }) => name === region.name)?.sum;
  return facts([
    ['location', region.location.value],
    ['private network', region.cidr.value],
    ['servers', String(hosts)],
    ['a month', sum && formatSum(sum)],
  ]);
}

export function factsOfHost(host: Host): Fact[] {
  return facts([
    ['name', host.name],
    ['role', roleOf(host)],
    ['type', host.type.value],
    ['address', host.address],
    ['location', host.location],
    ['volume', host.volume && `${host.volume.size.value} GB, ${host.volume.filesystem.value}`],
  ]);
}

export function factsOfArbiter(host: Host | undefined, cidr: string, cost?: Cost): Fact[] {
  return facts([
    ...(host === undefined ? [] : factsOfHost(host).map(({ label, value }): [string, string] => [label, value])),
    ['private network', cidr],
    ['a month', monthly(cost, 'arbiter', undefined)],
  ]);
}

export function factsOfDns({ dns }: Model): Fact[] {
  if (dns === undefined) return [];
  const { provider, zone, ttl, failover } = dns;
  return facts([
    ['zone', zone.value],
    ['provider', dnsProviderName(provider.value)],
    ['TTL', formatDuration(ttl.value)],
    [
      'failover',
      failover.by.value === 'none'
        ? 'none'
        : `by ${failover.by.value}, every ${formatDuration(failover.interval.value)}, ${counted(failover.fall.value, 'failure')}`,
    ],
  ]);
}

export function factsOfBucket(bucket: Bucket): Fact[] {
  return facts([
    ['name', bucket.bucketName.value],
    ['location', bucket.location.value],
    ['access', bucket.access.value],
    ['versioning', bucket.versioning.value ? 'on' : 'off'],
  ]);
}

export function factsOfExternal({ type, host, user, port, path }: External): Fact[] {
  return facts([
    ['type', type.value],
    ['host', host.value],
    ['port', String(port.value)],
    ['user', user?.value],
    ['path', path.value],
  ]);
}

function monthly(cost: Cost | undefined, owner: string, region: string | undefined): string | undefined {
  const entity = cost?.entities.find((each) => each.owner === owner && each.region === region);
  return entity && formatSum(entity.sum);
}

export function facts(pairs: readonly (readonly [string, string | undefined])[]): Fact[] {
  return pairs.flatMap(([label, value]) => (value === undefined || value === '' ? [] : [{ label, value }]));
}
