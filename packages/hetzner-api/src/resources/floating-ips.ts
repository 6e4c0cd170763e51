import { refuseLockedServer } from '../actions/locks.js';
import { actionRoutes, beginAction, beginAndRender, renderAction } from '../actions/routes.js';
import { allocateIpv4, allocateIpv6 } from '../addresses/public-addresses.js';
import { isProtected, refused } from '../http/errors.js';
import { type Context, created, noContent, ok, type Route } from '../http/route.js';
import { nameUpTo, oneOf } from '../input/checks.js';
import { readFields } from '../input/fields.js';
import { locationNamed } from '../offer/offer.js';
import { listReply } from '../query/list.js';
import type { FloatingIpShape } from '../shapes.js';
import type { FloatingIpRecord, IpType, ServerRecord } from '../state/records.js';
import { takeId } from '../state/world.js';
import { formatTime } from '../time.js';
import { initialPointers, planPointer } from './dns-pointers.js';
import { hostServer } from './hosts.js';
import { floatingIpOf, refuseBeyond, refuseTakenName, requireLocation, requireRecord } from './lookup.js';
import { updateReply } from './update.js';

/** A floating IP as the API shows it. */
export function renderFloatingIp(context: Pick<Context, 'offer'>, ip: FloatingIpRecord): FloatingIpShape {
  return {
    id: ip.id,
    name: ip.name,
    description: ip.description,
    ip: ip.ip,
    type: ip.type,
    server: ip.server,
    dns_ptr: ip.dnsPointers,
    home_location: locationNamed(context.offer, ip.homeLocation),
    blocked: false,
    protection: ip.protection,
    labels: ip.labels,
    created: formatTime(ip.created),
  };
}

/** Starts `assign_floating_ip`. One that is assigned elsewhere moves: that is what floating IPs are for. */
function beginAssigning(context: Context, ip: FloatingIpRecord, server: ServerRecord) {
  const old = ip.server === null ? undefined : context.project.servers.get(ip.server);
  return beginAction(context, {
    command: 'assign_floating_ip',
    resources: [
      { id: server.id, type: 'server' },
      { id: ip.id, type: 'floating_ip' },
    ],
    apply: () => {
      ip.server = server.id;
    },
    host: (driver) => {
      const target = { id: ip.id, ip: ip.ip };
      const left = old === undefined ? undefined : driver.unassignFloatingIp(hostServer(context, old), target);
      const assign = (): Promise<void> | undefined => driver.assignFloatingIp(hostServer(context, server), target);
      return left === undefined ? assign() : left.then(assign);
    },
  });
}

function create(context: Context) {
  const { project } = context;
  const fields = readFields(context.body);
  const type: IpType = fields.requiredText('type', oneOf('ipv4', 'ipv6')) === 'ipv6' ? 'ipv6' : 'ipv4';
  const serverId = fields.integer('server');
  const where = fields.reference('home_location');
  const description = fields.text('description') ?? null;
  const givenName = fields.text('name', nameUpTo(128));
  const labels = fields.labels() ?? {};
  if (serverId === undefined && where === undefined) {
    fields.refuse('home_location', 'home_location or server must be given');
  }
  fields.finish();
  if (givenName !== undefined) refuseTakenName(project.floatingIps, givenName);
  const server = serverId === undefined ? undefined : requireRecord(project.servers, serverId, 'server');
  if (server !== undefined) refuseLockedServer(context, server.id);
  const asked = where === undefined ? undefined : requireLocation(context, 'home_location', where).name;
  refuseBeyond(project.floatingIps.size, context.quotas.floatingIps, 'floating IP', 'floating_ip_limit');
  const id = takeId(context.world);
  const { addresses } = context.world;
  const address = type === 'ipv4' ? allocateIpv4(addresses) : allocateIpv6(addresses);
  const ip: FloatingIpRecord = {
    id,
    name: givenName ?? `floating-ip-${id}`,
    labels,
    created: context.now,
    description,
    ip: address,
    type,
    server: null,
    dnsPointers: initialPointers(type, address),
    homeLocation: asked ?? server?.location ?? '',
    protection: { delete: false },
  };
  project.floatingIps.set(id, ip);
  const assigning =
    server === undefined ? {} : { action: renderAction(beginAssigning(context, ip, server), context.now) };
  return created({ floating_ip: renderFloatingIp(context, ip), ...assigning });
}

function remove(context: Context) {
  const ip = floatingIpOf(context);
  if (ip.protection.delete) throw isProtected('floating IP deletion');
  if (ip.server !== null)
    throw refused('must_be_unassigned', 'floating IP must be unassigned before it can be deleted');
  context.project.floatingIps.delete(ip.id);
  return noContent;
}

function assign(context: Context) {
  const ip = floatingIpOf(context);
  const fields = readFields(context.body);
  const serverId = fields.requiredInteger('server');
  fields.finish();
  const server = requireRecord(context.project.servers, serverId, 'server');
  if (ip.server === server.id) throw refused('floating_ip_assigned', 'floating IP is already assigned');
  refuseLockedServer(context, server.id);
  return created({ action: renderAction(beginAssigning(context, ip, server), context.now) });
}

function unassign(context: Context) {
  const ip = floatingIpOf(context);
  const server = ip.server === null ? undefined : context.project.servers.get(ip.server);
  if (server === undefined) throw refused('service_error', 'floating IP is not assigned');
  refuseLockedServer(context, server.id);
  const action = beginAndRender(context, {
    command: 'unassign_floating_ip',
    resources: [
      { id: server.id, type: 'server' },
      { id: ip.id, type: 'floating_ip' },
    ],
    apply: () => {
      ip.server = null;
    },
    host: (driver) => driver.unassignFloatingIp(hostServer(context, server), { id: ip.id, ip: ip.ip }),
  });
  return created({ action });
}

function changeProtection(context: Context) {
  const ip = floatingIpOf(context);
  const fields = readFields(context.body);
  const value = fields.requiredFlag('delete');
  fields.finish();
  const action = beginAndRender(context, {
    command: 'change_protection',
    resources: [{ id: ip.id, type: 'floating_ip' }],
    apply: () => {
      ip.protection = { delete: value };
    },
  });
  return created({ action });
}

function changePointer(context: Context) {
  const ip = floatingIpOf(context);
  const action = beginAndRender(context, {
    command: 'change_dns_ptr',
    resources: [{ id: ip.id, type: 'floating_ip' }],
    apply: planPointer(context, [ip]),
  });
  return created({ action });
}

export const floatingIpRoutes: readonly Route[] = [
  ...actionRoutes('floating_ips', 'floating_ip', (context) => floatingIpOf(context).id),
  {
    method: 'GET',
    path: '/floating_ips',
    handle: (context) =>
      listReply(context, {
        key: 'floating_ips',
        items: context.project.floatingIps.values(),
        render: (ip) => renderFloatingIp(context, ip),
        sort: { id: (ip) => ip.id, created: (ip) => ip.created },
        name: (ip) => ip.name,
        labels: (ip) => ip.labels,
      }),
  },
  { method: 'POST', path: '/floating_ips', handle: create },
  {
    method: 'GET',
    path: '/floating_ips/{id}',
    handle: (context) => ok({ floating_ip: renderFloatingIp(context, floatingIpOf(context)) }),
  },
  {
    method: 'PUT',
    path: '/floating_ips/{id}',
    handle: (context) => {
      const ip = floatingIpOf(context);
      return updateReply(context, {
        items: context.project.floatingIps,
        item: ip,
        key: 'floating_ip',
        render: (item) => renderFloatingIp(context, item),
        more: (fields) => {
          const description = fields.text('description');
          return () => {
            ip.description = description ?? ip.description;
          };
        },
      });
    },
  },
  { method: 'DELETE', path: '/floating_ips/{id}', handle: remove },
  { method: 'POST', path: '/floating_ips/{id}/actions/assign', handle: assign },
  { method: 'POST', path: '/floating_ips/{id}/actions/unassign', handle: unassign },
  { method: 'POST', path: '/floating_ips/{id}/actions/change_protection', handle: changeProtection },
  { method: 'POST', path: '/floating_ips/{id}/actions/change_dns_ptr', handle: changePointer },
];
