import { refuseChangingNetwork } from '../actions/locks.js';
import { beginAction, renderAction } from '../actions/routes.js';
import { allocateMac } from '../addresses/public-addresses.js';
import { ApiError, limitExceeded, notFound, refused } from '../http/errors.js';
import { type Context, created } from '../http/route.js';
import { bytesUpTo, hostname } from '../input/checks.js';
import { type Fields, type Reference, readFields } from '../input/fields.js';
import type { Labels } from '../input/labels.js';
import { serverTypeNamed } from '../offer/offer.js';
import type { ImageShape, LocationShape, ServerTypeShape } from '../shapes.js';
import type {
  ActionRecord,
  FirewallRecord,
  IpType,
  NetworkRecord,
  PlacementGroupRecord,
  PrimaryIpRecord,
  ServerRecord,
  SshKeyRecord,
  VolumeRecord,
} from '../state/records.js';
import { takeId } from '../state/world.js';
import { hostServer } from './hosts.js';
import { describeReference, findByReference, refuseBeyond, refuseTakenName, requireRecord } from './lookup.js';
import { planAttachment } from './network-rules.js';
import { generatePassword } from './passwords.js';
import { refuseFullGroup } from './placement-groups.js';
import { addPrimaryIp, refuseMorePrimaryIps } from './primary-ips.js';
import { chooseLocation, refuseUnsold, requireImage, requireServerType } from './server-order.js';
import { renderServer } from './server-shape.js';
import { beginAttaching, refuseAttaching } from './volumes.js';

/** How one kind of public address is wanted: not at all, a new one, or a primary IP that exists. */
type WantedIp = { readonly kind: 'none' } | { readonly kind: 'new' } | { readonly kind: 'own'; readonly id: number };

interface Request {
  readonly name: string;
  readonly serverType: Reference;
  readonly image: Reference;
  readonly location: Reference | undefined;
  readonly sshKeys: readonly Reference[];
  readonly userData: string;
  readonly start: boolean;
  readonly labels: Labels;
  readonly volumes: readonly number[];
  readonly networks: readonly number[];
  readonly firewalls: readonly number[];
  readonly placementGroup: number | undefined;
  readonly ips: Readonly<Record<IpType, WantedIp>>;
}

/** Everything that a request names, found and found fit. */
interface Order {
  readonly type: ServerTypeShape;
  readonly image: ImageShape;
  readonly location: LocationShape;
  readonly sshKeys: readonly SshKeyRecord[];
  readonly volumes: readonly VolumeRecord[];
  readonly networks: readonly NetworkRecord[];
  readonly firewalls: readonly FirewallRecord[];
  readonly placementGroup: PlacementGroupRecord | undefined;
  readonly primaryIps: readonly PrimaryIpRecord[];
}

/** POST /servers. */
export function createServer(context: Context) {
  const request = readRequest(context);
  const order = placeOrder(context, request);
  const server = addServer(context, request, order);
  const creation = beginAction(context, {
    command: 'create_server',
    resources: [{ id: server.id, type: 'server' }],
    onSuccess: { kind: 'server-status', server: server.id, status: request.start ? 'starting' : 'off' },
    onFailure: { kind: 'server-status', server: server.id, status: 'off' },
    host: (driver) => driver.create(hostServer(context, server)),
  });
  const next = order.volumes.map((volume) => beginAttaching(context, volume, server, creation));
  if (request.start) next.push(beginFirstStart(context, server, next.at(-1) ?? creation));
  return created({
    server: renderServer(context, server),
    action: renderAction(creation, context.now),
    next_actions: next.map((action) => renderAction(action, context.now)),
    root_password: order.sshKeys.length > 0 ? null : generatePassword(server.id),
  });
}

function readRequest(context: Context): Request {
  const fields = readFields(context.body);
  const request: Request = {
    name: fields.requiredText('name', hostname),
    serverType: fields.requiredReference('server_type'),
    image: fields.requiredReference('image'),
    location: fields.reference('location'),
    sshKeys: fields.references('ssh_keys'),
    userData: fields.text('user_data', bytesUpTo(context.offer.catalog.limits.userDataBytes)) ?? '',
    start: fields.flag('start_after_create') ?? true,
    labels: fields.labels() ?? {},
    volumes: fields.integers('volumes'),
    networks: fields.integers('networks'),
    firewalls: (fields.objects('firewalls') ?? []).map((firewall) => firewall.requiredInteger('firewall')),
    placementGroup: fields.integer('placement_group'),
    ips: readPublicNet(fields),
  };
  fields.flag('automount');
  if (fields.has('datacenter')) fields.refuse('datacenter', 'was removed, use location');
  fields.finish();
  return request;
}

function readPublicNet(fields: Fields): Request['ips'] {
  const net = fields.object('public_net');
  const wanted = (type: IpType): WantedIp => {
    if (net === undefined) return { kind: 'new' };
    const id = net.integer(type);
    const enabled = net.flag(`enable_${type}`) ?? true;
    if (id !== undefined) {
      if (!enabled) net.refuse(type, `requires enable_${type}`);
      return { kind: 'own', id };
    }
    return enabled ? { kind: 'new' } : { kind: 'none' };
  };
  return { ipv4: wanted('ipv4'), ipv6: wanted('ipv6') };
}

/** Finds what the request names and refuses what does not fit together. Changes nothing. */
function placeOrder(context: Context, request: Request): Order {
  const { project } = context;
  refuseTakenName(project.servers, request.name, 'server name is already used');
  const type = requireServerType(context, request.serverType);
  const location = chooseLocation(context, request.location, type);
  const image = requireImage(context, request.image, type, type.disk);
  refuseUnsold(context, type, location.name);
  refuseQuotas(context, type, request);
  const group = request.placementGroup;
  const order: Order = {
    type,
    image,
    location,
    sshKeys: request.sshKeys.map((reference) => requireSshKey(context, reference)),
    volumes: request.volumes.map((id) => requireRecord(project.volumes, id, 'volume')),
    networks: request.networks.map((id) => requireRecord(project.networks, id, 'network')),
    firewalls: request.firewalls.map((id) => requireRecord(project.firewalls, id, 'firewall')),
    placementGroup: group === undefined ? undefined : requireRecord(project.placementGroups, group, 'placement group'),
    primaryIps: (['ipv4', 'ipv6'] as const).flatMap((kind) => ownIp(context, request.ips[kind], kind, location.name)),
  };
  if (order.placementGroup !== undefined) refuseFullGroup(context, order.placementGroup);
  for (const [index, volume] of order.volumes.entries()) refuseAttaching(context, volume, location.name, index);
  for (const network of order.networks) refuseChangingNetwork(context, network.id);
  refuseFirewalls(context, request, order);
  return order;
}

function refuseQuotas(context: Context, type: ServerTypeShape, request: Request): void {
  const { project, quotas, offer } = context;
  refuseBeyond(project.servers.size, quotas.servers, 'server', 'server_limit');
  const cores = [...project.servers.values()].reduce(
    (sum, server) => sum + serverTypeNamed(offer, server.serverType).cores,
    0,
  );
  if (cores + type.cores > quotas.cores) throw limitExceeded('core', 'core_limit');
  refuseMorePrimaryIps(context, Object.values(request.ips).filter((ip) => ip.kind === 'new').length);
}

function requireSshKey(context: Context, reference: Reference): SshKeyRecord {
  const key = findByReference(context.project.sshKeys.values(), reference);
  if (key === undefined) throw notFound(`SSH key '${describeReference(reference)}'`);
  return key;
}

function ownIp(context: Context, wanted: WantedIp, type: IpType, location: string): PrimaryIpRecord[] {
  if (wanted.kind !== 'own') return [];
  const ip = context.project.primaryIps.get(wanted.id);
  if (ip === undefined) throw new ApiError(404, 'primary_ip_not_found', 'primary ip not found');
  if (ip.type !== type) {
    throw new ApiError(412, 'primary_ip_version_mismatch', `primary IP with ID '${ip.id}' is no ${type}`);
  }
  if (ip.server !== null) throw refused('primary_ip_assigned', 'primary IP is already assigned to a server');
  if (ip.location !== location) {
    throw refused('primary_ip_datacenter_mismatch', 'primary IP is in a different location');
  }
  return [ip];
}

function refuseFirewalls(context: Context, request: Request, order: Order): void {
  if (order.firewalls.length === 0) return;
  if (Object.values(request.ips).every((ip) => ip.kind === 'none')) {
    throw refused('private_net_only_server', 'server has no public interface');
  }
  if (new Set(order.firewalls).size < order.firewalls.length) {
    throw refused('server_already_added', 'server was applied more than once');
  }
  if (order.firewalls.length > context.offer.catalog.limits.firewallsPerServer) {
    throw limitExceeded('firewalls per server', 'server_firewall_limit');
  }
}

function addServer(context: Context, request: Request, order: Order): ServerRecord {
  const { project, world } = context;
  const server: ServerRecord = {
    id: takeId(world),
    name: request.name,
    labels: request.labels,
    created: context.now,
    status: 'initializing',
    serverType: order.type.name,
    location: order.location.name,
    image: order.image.id,
    iso: null,
    protection: { delete: false, rebuild: false },
    backupWindow: null,
    rescueEnabled: false,
    primaryDiskSize: order.type.disk,
    placementGroup: order.placementGroup?.id ?? null,
    privateNets: [],
    userData: request.userData,
    sshKeys: order.sshKeys.map((key) => key.publicKey),
  };
  // Before anything is stored: an attachment may still be refused.
  for (const network of order.networks) {
    const place = planAttachment(context, network, server, { ip: undefined, aliasIps: [], ipRange: undefined });
    server.privateNets.push({ ...place, macAddress: allocateMac(world.addresses) });
  }
  project.servers.set(server.id, server);
  for (const ip of order.primaryIps) ip.server = server.id;
  for (const type of ['ipv4', 'ipv6'] as const) {
    if (request.ips[type].kind !== 'new') continue;
    addPrimaryIp(context, { labels: {}, type, location: server.location, server: server.id, autoDelete: true });
  }
  for (const firewall of order.firewalls) firewall.appliedTo.push({ type: 'server', server: server.id });
  return server;
}

/** Starts `start_server`, which fails for a server without any interface, as it does at Hetzner. */
function beginFirstStart(context: Context, server: ServerRecord, after: ActionRecord): ActionRecord {
  return beginAction(context, {
    command: 'start_server',
    resources: [{ id: server.id, type: 'server' }],
    after,
    onSuccess: { kind: 'server-status', server: server.id, status: 'running' },
    onFailure: { kind: 'server-status', server: server.id, status: 'off' },
    host: (driver) => driver.powerOn(hostServer(context, server)),
    ...noInterfaceFailure(context, server),
  });
}

/** The failure of starting a server that has neither a public nor a private interface; nothing for one that has. */
export function noInterfaceFailure(context: Context, server: ServerRecord): { failure?: ActionRecord['failure'] } {
  const isPublic = [...context.project.primaryIps.values()].some((ip) => ip.server === server.id);
  if (isPublic || server.privateNets.length > 0) return {};
  return {
    failure: {
      code: 'invalid_input',
      message: 'no public or private network interfaces found, cannot start server',
    },
  };
}
