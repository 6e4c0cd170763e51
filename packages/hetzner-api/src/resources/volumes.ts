import { refuseLockedServer, refuseLockedVolume } from '../actions/locks.js';
import { actionRoutes, beginAction, beginAndRender, renderAction } from '../actions/routes.js';
import type { HostVolume } from '../driver.js';
import { invalidField, invalidInput, isProtected, limitExceeded, refused } from '../http/errors.js';
import { type Context, created, noContent, ok, type Route } from '../http/route.js';
import { between, oneOf, volumeName } from '../input/checks.js';
import { readFields } from '../input/fields.js';
import { locationNamed } from '../offer/offer.js';
import { byIdNameCreated, filterBy, listReply } from '../query/list.js';
import type { VolumeShape } from '../shapes.js';
import type { ActionRecord, ServerRecord, VolumeRecord } from '../state/records.js';
import { takeId } from '../state/world.js';
import { formatTime } from '../time.js';
import { hostServer } from './hosts.js';
import { refuseBeyond, refuseTakenName, requireLocation, requireRecord, volumeOf } from './lookup.js';
import { updateReply } from './update.js';

/** A volume as the API shows it. */
export function renderVolume(context: Pick<Context, 'offer'>, volume: VolumeRecord): VolumeShape {
  return {
    id: volume.id,
    name: volume.name,
    server: volume.server,
    status: volume.status,
    location: locationNamed(context.offer, volume.location),
    size: volume.size,
    format: volume.format,
    linux_device: `/dev/disk/by-id/scsi-0HC_Volume_${volume.id}`,
    protection: volume.protection,
    labels: volume.labels,
    created: formatTime(volume.created),
  };
}

function hostVolume(volume: VolumeRecord): HostVolume {
  return { id: volume.id, name: volume.name, size: volume.size, format: volume.format };
}

/**
 * Refuses a volume that cannot be attached: `volume_already_attached`, another location, more than 16 on the server.
 * `more` is how many the same request attaches besides.
 */
export function refuseAttaching(context: Context, volume: VolumeRecord, location: string, count: number): void {
  if (volume.server !== null) throw refused('volume_already_attached', 'volume is already attached to a server');
  if (volume.location !== location) throw invalidInput('server and volume must be in the same location');
  if (count >= context.offer.catalog.limits.volumesPerServer) {
    throw limitExceeded('volumes per server', 'server_volume_limit');
  }
}

function volumesOn(context: Context, server: number): number {
  return [...context.project.volumes.values()].filter((volume) => volume.server === server).length;
}

/** Starts `attach_volume`, after another action if one is given. */
export function beginAttaching(
  context: Context,
  volume: VolumeRecord,
  server: ServerRecord,
  after?: ActionRecord,
): ActionRecord {
  return beginAction(context, {
    command: 'attach_volume',
    resources: [
      { id: server.id, type: 'server' },
      { id: volume.id, type: 'volume' },
    ],
    apply: () => {
      volume.server = server.id;
    },
    host: (driver) => driver.attachVolume(hostServer(context, server), hostVolume(volume)),
    ...(after === undefined ? {} : { after }),
  });
}

function create(context: Context) {
  const { project } = context;
  const { volumeMinGb, volumeMaxGb } = context.offer.catalog.limits;
  const fields = readFields(context.body);
  const name = fields.requiredText('name', volumeName);
  const size = fields.requiredInteger('size', between(volumeMinGb, volumeMaxGb));
  const labels = fields.labels() ?? {};
  const format = fields.text('format', oneOf('ext4', 'xfs')) ?? null;
  const automount = fields.flag('automount') ?? false;
  const serverId = fields.integer('server');
  const where = fields.reference('location');
  if (serverId === undefined && where === undefined) fields.refuse('location', 'location or server must be given');
  if (automount && serverId === undefined) fields.refuse('automount', 'server must be given');
  fields.finish();
  refuseTakenName(project.volumes, name);
  const server = serverId === undefined ? undefined : requireRecord(project.servers, serverId, 'server');
  const asked = where === undefined ? undefined : requireLocation(context, 'location', where).name;
  const location = server?.location ?? asked ?? '';
  if (asked !== undefined && asked !== location) throw invalidField('location', 'must be the location of the server');
  if (server !== undefined) refuseLockedServer(context, server.id);
  refuseBeyond(project.volumes.size, context.quotas.volumes, 'volume', 'volume_limit');
  const total = [...project.volumes.values()].reduce((sum, volume) => sum + volume.size, 0);
  if (total + size > context.quotas.volumeSize) throw limitExceeded('volume size', 'volume_size_limit');
  const volume: VolumeRecord = {
    id: takeId(context.world),
    name,
    labels,
    created: context.now,
    server: null,
    location,
    size,
    format,
    status: 'creating',
    protection: { delete: false },
  };
  if (server !== undefined) refuseAttaching(context, volume, server.location, volumesOn(context, server.id));
  project.volumes.set(volume.id, volume);
  const action = beginAction(context, {
    command: 'create_volume',
    resources: [
      { id: volume.id, type: 'volume' },
      ...(server === undefined ? [] : [{ id: server.id, type: 'server' }]),
    ],
    onSuccess: { kind: 'volume-available', volume: volume.id },
  });
  const next = server === undefined ? [] : [beginAttaching(context, volume, server, action)];
  return created({
    volume: renderVolume(context, volume),
    action: renderAction(action, context.now),
    next_actions: next.map((attaching) => renderAction(attaching, context.now)),
  });
}

function remove(context: Context) {
  const volume = volumeOf(context);
  if (volume.protection.delete) throw isProtected('volume deletion');
  if (volume.server !== null) {
    throw refused('service_error', `volume with ID '${volume.id}' is still attached to a server`);
  }
  refuseLockedVolume(context, volume.id);
  context.project.volumes.delete(volume.id);
  return noContent;
}

function attach(context: Context) {
  const volume = volumeOf(context);
  const fields = readFields(context.body);
  const serverId = fields.requiredInteger('server');
  fields.flag('automount');
  fields.finish();
  const server = requireRecord(context.project.servers, serverId, 'server');
  refuseAttaching(context, volume, server.location, volumesOn(context, server.id));
  refuseLockedServer(context, server.id);
  refuseLockedVolume(context, volume.id);
  return created({ action: renderAction(beginAttaching(context, volume, server), context.now) });
}

function detach(context: Context) {
  const volume = volumeOf(context);
  const server = volume.server === null ? undefined : context.project.servers.get(volume.server);
  if (server === undefined) throw refused('service_error', 'volume is not attached to a server');
  refuseLockedServer(context, server.id);
  refuseLockedVolume(context, volume.id);
  const action = beginAndRender(context, {
    command: 'detach_volume',
    resources: [
      { id: server.id, type: 'server' },
      { id: volume.id, type: 'volume' },
    ],
    apply: () => {
      volume.server = null;
    },
    host: (driver) => driver.detachVolume(hostServer(context, server), hostVolume(volume)),
  });
  return created({ action });
}

function resize(context: Context) {
  const volume = volumeOf(context);
  const fields = readFields(context.body);
  const size = fields.requiredInteger('size', (value) => {
    if (value <= volume.size) return `must be larger than ${volume.size}, since a volume cannot shrink`;
    const most = context.offer.catalog.limits.volumeMaxGb;
    return value > most ? `must not be larger than ${most}` : undefined;
  });
  fields.finish();
  refuseLockedVolume(context, volume.id);
  const server = volume.server === null ? undefined : context.project.servers.get(volume.server);
  const action = beginAndRender(context, {
    command: 'resize_volume',
    resources: [{ id: volume.id, type: 'volume' }],
    apply: () => {
      volume.size = size;
    },
    ...(server && { host: (driver) => driver.resizeVolume(hostServer(context, server), hostVolume(volume)) }),
  });
  return created({ action });
}

function changeProtection(context: Context) {
  const volume = volumeOf(context);
  const fields = readFields(context.body);
  const value = fields.flag('delete');
  fields.finish();
  const action = beginAndRender(context, {
    command: 'change_protection',
    resources: [{ id: volume.id, type: 'volume' }],
    apply: () => {
      volume.protection = { delete: value ?? volume.protection.delete };
    },
  });
  return created({ action });
}

export const volumeRoutes: readonly Route[] = [
  ...actionRoutes('volumes', 'volume', (context) => volumeOf(context).id),
  {
    method: 'GET',
    path: '/volumes',
    handle: (context) =>
      listReply(context, {
        key: 'volumes',
        items: filterBy(context.project.volumes.values(), context.query, 'status', (volume) => volume.status),
        render: (volume) => renderVolume(context, volume),
        sort: byIdNameCreated,
        name: (volume) => volume.name,
        labels: (volume) => volume.labels,
      }),
  },
  { method: 'POST', path: '/volumes', handle: create },
  {
    method: 'GET',
    path: '/volumes/{id}',
    handle: (context) => ok({ volume: renderVolume(context, volumeOf(context)) }),
  },
  {
    method: 'PUT',
    path: '/volumes/{id}',
    handle: (context) =>
      updateReply(context, {
        items: context.project.volumes,
        item: volumeOf(context),
        key: 'volume',
        render: (volume) => renderVolume(context, volume),
        checkName: volumeName,
      }),
  },
  { method: 'DELETE', path: '/volumes/{id}', handle: remove },
  { method: 'POST', path: '/volumes/{id}/actions/attach', handle: attach },
  { method: 'POST', path: '/volumes/{id}/actions/detach', handle: detach },
  { method: 'POST', path: '/volumes/{id}/actions/resize', handle: resize },
  { method: 'POST', path: '/volumes/{id}/actions/change_protection', handle: changeProtection },
];
