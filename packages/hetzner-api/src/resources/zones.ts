import { actionRoutes, beginAndRender } from '../actions/routes.js';
import { parseIpv4 } from '../addresses/ipv4.js';
import { parseIpv6 } from '../addresses/ipv6.js';
import { isProtected, notUnique, refused } from '../http/errors.js';
import { type Context, created, ok, type Route } from '../http/route.js';
import { between, oneOf } from '../input/checks.js';
import { type Check, type Fields, readFields } from '../input/fields.js';
import { byIdNameCreated, filterBy, listReply } from '../query/list.js';
import type { ZoneShape } from '../shapes.js';
import type { NameserverRecord, RRSetRecord, ZoneRecord } from '../state/records.js';
import { findNamed, takeId, type World } from '../state/world.js';
import { formatTime } from '../time.js';
import { refuseBeyond } from './lookup.js';
import {
  checkName,
  checkType,
  readRecords,
  refuseConflicts,
  refuseManagedSet,
  refuseSecondary,
  ttlBounds,
} from './rrset-rules.js';
import { defaultTtl, makeZone, nameservers } from './zone-defaults.js';
import { zoneOf } from './zone-lookup.js';

/** A zone as the API shows it. */
export function renderZone(zone: ZoneRecord): ZoneShape {
  return {
    id: zone.id,
    name: zone.name,
    created: formatTime(zone.created),
    mode: zone.mode,
    ttl: zone.ttl,
    status: 'ok',
    record_count: zone.rrsets.reduce((sum, rrset) => sum + rrset.records.length, 0),
    ...(zone.mode === 'secondary' ? { primary_nameservers: zone.primaryNameservers.map(renderNameserver) } : {}),
    authoritative_nameservers: {
      assigned: nameservers,
      delegated: nameservers,
      delegation_last_check: formatTime(zone.created),
      delegation_status: 'valid',
    },
    registrar: 'other',
    protection: zone.protection,
    labels: zone.labels,
  };
}

function renderNameserver(server: NameserverRecord) {
  return {
    address: server.address,
    port: server.port,
    ...(server.tsigAlgorithm === null ? {} : { tsig_algorithm: server.tsigAlgorithm }),
    ...(server.tsigKey === null ? {} : { tsig_key: server.tsigKey }),
  };
}

/** Second-level labels under which countries register names: `example.co.uk` is a zone, `www.example.uk` is none. */
const registryLabels: ReadonlySet<string> = new Set('ac co com edu gov gv ne net nom or org'.split(' '));

/**
 * The name of a zone: lower case, no final dot, directly under a public suffix. The list of public suffixes is not here;
 * two labels are taken as good, and three where the second is one that countries use and the last is a country's.
 */
export const zoneName: Check<string> = (name) => {
  const labels = name.split('.');
  if (!labels.every((label) => /^[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?$/.test(label)) || name.length > 253) {
    return 'must be a domain name in lower case without a final dot';
  }
  if (labels.length < 2) return 'must be under a public suffix';
  const [, second = '', last = ''] = labels;
  const isCountry = labels.length === 3 && last.length === 2 && registryLabels.has(second);
  return labels.length === 2 || isCountry ? undefined : 'must not be a subdomain';
};

/** 409 if any project has the zone: a domain is delegated once. */
function refuseTakenZone(world: World, name: string): void {
  for (const project of world.projects.values()) {
    if (findNamed(project.zones, name) !== undefined) throw notUnique(`zone '${name}' already exists`, 'name');
  }
}

function readNameservers(list: readonly Fields[]): readonly NameserverRecord[] {
  return list.map((fields) => ({
    address: fields.requiredText('address', (text) =>
      parseIpv4(text) === undefined && parseIpv6(text) === undefined ? 'is not an IP address' : undefined,
    ),
    port: fields.integer('port', between(1, 65535)) ?? 53,
    tsigAlgorithm: fields.text('tsig_algorithm', oneOf('hmac-md5', 'hmac-sha1', 'hmac-sha256')) ?? null,
    tsigKey: fields.text('tsig_key') ?? null,
  }));
}

function readSets(list: readonly Fields[], zone: string, now: number): readonly RRSetRecord[] {
  return list.map((fields) => {
    const type = fields.requiredText('type', checkType);
    return {
      name: fields.requiredText('name', checkName({ name: zone })),
      type,
      ttl: fields.integer('ttl', ttlBounds) ?? null,
      labels: fields.labels() ?? {},
      protection: { change: false },
      records: readRecords(fields, type),
      created: now,
    };
  });
}

function create(context: Context) {
  const { project } = context;
  const fields = readFields(context.body);
  const name = fields.requiredText('name', zoneName);
  const mode = fields.requiredText('mode', oneOf('primary', 'secondary')) === 'secondary' ? 'secondary' : 'primary';
  const ttl = fields.integer('ttl', ttlBounds) ?? defaultTtl;
  const labels = fields.labels() ?? {};
  const primaryNameservers = readNameservers(fields.objects('primary_nameservers') ?? []);
  const sets = readSets(fields.objects('rrsets') ?? [], name, context.now);
  if (mode === 'secondary' && primaryNameservers.length === 0) {
    fields.refuse('primary_nameservers', 'is required in secondary mode');
  }
  fields.finish();
  if (fields.has('zonefile')) throw refused('unsupported_error', 'this API does not import zone files');
  refuseTakenZone(context.world, name);
  refuseBeyond(project.zones.size, context.quotas.zones, 'zone', 'zone_limit');
  const zone = makeZone({
    id: takeId(context.world),
    name,
    mode,
    ttl,
    labels,
    primaryNameservers: mode === 'secondary' ? primaryNameservers : [],
    now: context.now,
  });
  if (mode === 'primary') {
    for (const rrset of sets) {
      refuseManagedSet(rrset);
      refuseConflicts(zone, rrset);
      // A set that Hetzner would make is replaced by the one that was asked for.
      zone.rrsets = [...zone.rrsets.filter((known) => known.name !== rrset.name || known.type !== rrset.type), rrset];
    }
  }
  project.zones.set(zone.id, zone);
  const action = beginAndRender(context, { command: 'create_zone', resources: about(zone) });
  return created({ zone: renderZone(zone), action });
}

function about(zone: ZoneRecord) {
  return [{ id: zone.id, type: 'zone' }];
}

function update(context: Context) {
  const zone = zoneOf(context);
  const fields = readFields(context.body);
  const labels = fields.labels();
  fields.finish();
  zone.labels = labels ?? zone.labels;
  return ok({ zone: renderZone(zone) });
}

function remove(context: Context) {
  const zone = zoneOf(context);
  if (zone.protection.delete) throw isProtected('zone deletion');
  const action = beginAndRender(context, {
    command: 'delete_zone',
    resources: about(zone),
    apply: () => {
      context.project.zones.delete(zone.id);
    },
  });
  return created({ action });
}

function changeTtl(context: Context) {
  const zone = zoneOf(context);
  const fields = readFields(context.body);
  const ttl = fields.requiredInteger('ttl', ttlBounds);
  fields.finish();
  refuseSecondary(zone);
  const action = beginAndRender(context, {
    command: 'change_ttl',
    resources: about(zone),
    apply: () => {
      zone.ttl = ttl;
    },
  });
  return created({ action });
}

function changeProtection(context: Context) {
  const zone = zoneOf(context);
  const fields = readFields(context.body);
  const value = fields.flag('delete');
  fields.finish();
  const action = beginAndRender(context, {
    command: 'change_protection',
    resources: about(zone),
    apply: () => {
      zone.protection = { delete: value ?? zone.protection.delete };
    },
  });
  return created({ action });
}

function changeNameservers(context: Context) {
  const zone = zoneOf(context);
  const fields = readFields(context.body);
  const servers = readNameservers(fields.requiredObjects('primary_nameservers'));
  fields.finish();
  if (zone.mode === 'primary') {
    throw refused('incorrect_zone_mode', 'This operation is not supported for this zone mode.');
  }
  const action = beginAndRender(context, {
    command: 'change_primary_nameservers',
    resources: about(zone),
    apply: () => {
      zone.primaryNameservers = servers;
    },
  });
  return created({ action });
}

/** The zone as a BIND file. */
function exportZone(context: Context) {
  const zone = zoneOf(context);
  refuseSecondary(zone);
  const lines = zone.rrsets.flatMap((rrset) =>
    rrset.records.map(({ value, comment }) => {
      const ttl = rrset.ttl === null ? '' : `${rrset.ttl}\t`;
      return `${rrset.name}\t${ttl}IN\t${rrset.type}\t${value}${comment === '' ? '' : ` ; ${comment}`}`;
    }),
  );
  const zonefile = [`$ORIGIN\t${zone.name}.`, `$TTL\t${zone.ttl}`, '', ...lines, ''].join('\n');
  return ok({ zonefile });
}

export const zoneRoutes: readonly Route[] = [
  ...actionRoutes('zones', 'zone', (context) => zoneOf(context).id),
  {
    method: 'GET',
    path: '/zones',
    handle: (context) =>
      listReply(context, {
        key: 'zones',
        items: filterBy(context.project.zones.values(), context.query, 'mode', (zone) => zone.mode),
        render: renderZone,
        sort: byIdNameCreated,
        name: (zone) => zone.name,
        labels: (zone) => zone.labels,
      }),
  },
  { method: 'POST', path: '/zones', handle: create },
  { method: 'GET', path: '/zones/{id}', handle: (context) => ok({ zone: renderZone(zoneOf(context)) }) },
  { method: 'PUT', path: '/zones/{id}', handle: update },
  { method: 'DELETE', path: '/zones/{id}', handle: remove },
  { method: 'GET', path: '/zones/{id}/zonefile', handle: exportZone },
  { method: 'POST', path: '/zones/{id}/actions/change_ttl', handle: changeTtl },
  { method: 'POST', path: '/zones/{id}/actions/change_protection', handle: changeProtection },
  { method: 'POST', path: '/zones/{id}/actions/change_primary_nameservers', handle: changeNameservers },
];
