import { refuseLockedServer } from '../actions/locks.js';
import { actionRoutes, beginAction, beginAndRender, renderAction } from '../actions/routes.js';
import { allocateIpv4, allocateIpv6 } from '../addresses/public-addresses.js';
import { invalidField, isProtected, limitExceeded, refused } from '../http/errors.js';
import { type Context, created, noContent, ok, type Route } from '../http/route.js';
import { nameUpTo, oneOf } from '../input/checks.js';
import { readFields } from '../input/fields.js';
import type { Labels } from '../input/labels.js';
import { locationNamed } from '../offer/offer.js';
import { listReply } from '../query/list.js';
import type { PrimaryIpShape } from '../shapes.js';
import type { IpType, PrimaryIpRecord, ServerRecord } from '../state/records.js';
import { type Project, takeId } from '../state/world.js';
import { formatTime } from '../time.js';
import { initialPointers, planPointer } from './dns-pointers.js';
import { primaryIpOf, refuseTakenName, requireLocation, requireRecord } from './lookup.js';
import { updateReply } from './update.js';

/** A primary IP as the API shows it. */
export function renderPrimaryIp(context: Pick<Context, 'offer'>, ip: PrimaryIpRecord): PrimaryIpShape {
  return {
    id: ip.id,
    name: ip.name,
    ip: ip.ip,
    type: ip.type,
    assignee_type: ip.server === null ? 'unassigned' : 'server',
    assignee_id: ip.server,
    auto_delete: ip.autoDelete,
    blocked: false,
    dns_ptr: ip.dnsPointers,
    location: locationNamed(context.offer, ip.location),
    protection: ip.protection,
    labels: ip.labels,
    created: formatTime(ip.created),
  };
}

/** The primary IP of that type that a server has. */
export function primaryIpOn(project: Project, server: number, type: IpType): PrimaryIpRecord | undefined {
  for (const ip of project.primaryIps.values()) {
    if (ip.server === server && ip.type === type) return ip;
  }
  return undefined;
}

/** Refuses if that many new primary IPs do not fit into the quota. */
export function refuseMorePrimaryIps(context: Context, count: number): void {
  if (context.project.primaryIps.size + count > context.quotas.primaryIps) {
    throw limitExceeded('Primary IP', 'primary_ip_limit');
  }
}

/** Makes a primary IP with a new address. */
export function addPrimaryIp(
  context: Context,
  wanted: { name?: string; labels: Labels; type: IpType; location: string; server: number | null; autoDelete: boolean },
): PrimaryIpRecord {
  const { addresses } = context.world;
  const id = takeId(context.world);
  const address = wanted.type === 'ipv4' ? allocateIpv4(addresses) : allocateIpv6(addresses);
  const ip: PrimaryIpRecord = {
    id,
    name: wanted.name ?? `primary_ip-${id}`,
    labels: wanted.labels,
    created: context.now,
    ip: address,
    type: wanted.type,
    server: wanted.server,
    dnsPointers: initialPointers(wanted.type, address),
    location: wanted.location,
    autoDelete: wanted.autoDelete,
    protection: { delete: false },
  };
  context.project.primaryIps.set(id, ip);
  return ip;
}

/** Refuses a server that cannot get a primary IP of that type now. */
function refuseServer(context: Context, server: ServerRecord, type: IpType): void {
  refuseRunning(server);
  refuseLockedServer(context, server.id);
  if (primaryIpOn(context.project, server.id, type) !== undefined) {
    throw refused(`server_has_${type}`, `server already has an ${type} address`);
  }
}

function refuseRunning(server: ServerRecord): void {
  if (server.status !== 'off') throw refused('server_not_stopped', 'Server must be offline for this action');
}

function beginAssigning(context: Context, ip: PrimaryIpRecord, server: ServerRecord) {
  return beginAction(context, {
    command: 'assign_primary_ip',
    resources: [
      { id: server.id, type: 'server' },
      { id: ip.id, type: 'primary_ip' },
    ],
    apply: () => {
      ip.server = server.id;
    },
  });
}

function create(context: Context) {
  const { project } = context;
  const fields = readFields(context.body);
  const name = fields.requiredText('name', nameUpTo(128));
  const type: IpType = fields.requiredText('type', oneOf('ipv4', 'ipv6')) === 'ipv6' ? 'ipv6' : 'ipv4';
  const assigneeType = fields.text('assignee_type', oneOf('server', 'unassigned'));
  const serverId = fields.integer('assignee_id');
  const where = fields.reference('location');
  const autoDelete = fields.flag('auto_delete') ?? false;
  const labels = fields.labels() ?? {};
  if (fields.has('datacenter')) fields.refuse('datacenter', 'was removed, use location');
  if ((serverId === undefined) === (where === undefined)) {
    fields.refuse('location', 'either location or assignee_id must be given');
  }
  if (serverId !== undefined && assigneeType !== 'server') {
    fields.refuse('assignee_type', "must be 'server' together with assignee_id");
  }
  fields.finish();
  refuseTakenName(project.primaryIps, name);
  refuseMorePrimaryIps(context, 1);
  const server = serverId === undefined ? undefined : requireRecord(project.servers, serverId, 'server');
  if (server !== undefined) refuseServer(context, server, type);
  const location = server?.location ?? requireLocation(context, 'location', where ?? { id: 0 }).name;
  const ip = addPrimaryIp(context, { name, labels, type, location, server: null, autoDelete });
  const assigning =
    server === undefined ? {} : { action: renderAction(beginAssigning(context, ip, server), context.now) };
  return created({ primary_ip: renderPrimaryIp(context, ip), ...assigning });
}

function remove(context: Context) {
  const ip = primaryIpOf(context);
  if (ip.protection.delete) throw isProtected('primary IP deletion');
  if (ip.server !== null) throw refused('must_be_unassigned', 'primary IP must be unassigned before it can be deleted');
  context.project.primaryIps.delete(ip.id);
  return noContent;
}

function assign(context: Context) {
  const ip = primaryIpOf(context);
  const fields = readFields(context.body);
  fields.requiredText('assignee_type', oneOf('server'));
  const serverId = fields.requiredInteger('assignee_id');
  fields.finish();
  const server = requireRecord(context.project.servers, serverId, 'server');
  if (ip.server !== null) {
    throw refused('primary_ip_already_assigned', 'primary IP is already assigned to a different server');
  }
  if (ip.location !== server.location) {
    throw refused('primary_ip_datacenter_mismatch', 'primary IP is in a different location');
  }
  refuseServer(context, server, ip.type);
  return created({ action: renderAction(beginAssigning(context, ip, server), context.now) });
}

function unassign(context: Context) {
  const ip = primaryIpOf(context);
  const server = ip.server === null ? undefined : context.project.servers.get(ip.server);
  if (server === undefined) throw refused('service_error', 'primary IP is not assigned');
  refuseRunning(server);
  refuseLockedServer(context, server.id);
  if (ip.type === 'ipv4' && [...context.project.floatingIps.values()].some((other) => other.server === server.id)) {
    throw refused('service_error', 'All Floating IPs of type IPv4 have to be unassigned from Server');
  }
  const action = beginAndRender(context, {
    command: 'unassign_primary_ip',
    resources: [
      { id: server.id, type: 'server' },
      { id: ip.id, type: 'primary_ip' },
    ],
    apply: () => {
      ip.server = null;
    },
  });
  return created({ action });
}

function changeProtection(context: Context) {
  const ip = primaryIpOf(context);
  const fields = readFields(context.body);
  const value = fields.requiredFlag('delete');
  fields.finish();
  if (value && ip.autoDelete) throw invalidField('delete', 'protection requires auto_delete to be false');
  const action = beginAndRender(context, {
    command: 'change_protection',
    resources: [{ id: ip.id, type: 'primary_ip' }],
    apply: () => {
      ip.protection = { delete: value };
    },
  });
  return created({ action });
}

function changePointer(context: Context) {
  const ip = primaryIpOf(context);
  const action = beginAndRender(context, {
    command: 'change_dns_ptr',
    resources: [{ id: ip.id, type: 'primary_ip' }],
    apply: planPointer(context, [ip]),
  });
  return created({ action });
}

export const primaryIpRoutes: readonly Route[] = [
  ...actionRoutes('primary_ips', 'primary_ip', (context) => primaryIpOf(context).id),
  {
    method: 'GET',
    path: '/primary_ips',
    handle: (context) => {
      const address = context.query.get('ip');
      return listReply(context, {
        key: 'primary_ips',
        items: [...context.project.primaryIps.values()].filter((ip) => address === null || ip.ip === address),
        render: (ip) => renderPrimaryIp(context, ip),
        sort: { id: (ip) => ip.id, created: (ip) => ip.created },
        name: (ip) => ip.name,
        labels: (ip) => ip.labels,
      });
    },
  },
  { method: 'POST', path: '/primary_ips', handle: create },
  {
    method: 'GET',
    path: '/primary_ips/{id}',
    handle: (context) => ok({ primary_ip: renderPrimaryIp(context, primaryIpOf(context)) }),
  },
  {
    method: 'PUT',
    path: '/primary_ips/{id}',
    handle: (context) => {
      const ip = primaryIpOf(context);
      return updateReply(context, {
        items: context.project.primaryIps,
        item: ip,
        key: 'primary_ip',
        render: (item) => renderPrimaryIp(context, item),
        more: (fields) => {
          const autoDelete = fields.flag('auto_delete');
          if (autoDelete === true && ip.protection.delete) {
            fields.refuse('auto_delete', 'must be false while the primary IP is protected');
          }
          return () => {
            ip.autoDelete = autoDelete ?? ip.autoDelete;
          };
        },
      });
    },
  },
  { method: 'DELETE', path: '/primary_ips/{id}', handle: remove },
  { method: 'POST', path: '/primary_ips/{id}/actions/assign', handle: assign },
  { method: 'POST', path: '/primary_ips/{id}/actions/unassign', handle: unassign },
  { method: 'POST', path: '/primary_ips/{id}/actions/change_protection', handle: changeProtection },
  { method: 'POST', path: '/primary_ips/{id}/actions/change_dns_ptr', handle: changePointer },
];
