import { beginAction, beginAndRender, renderAction } from '../actions/routes.js';
import { invalidField, isProtected, refused } from '../http/errors.js';
import type { Context, Route } from '../http/route.js';
import { bytesUpTo, oneOf } from '../input/checks.js';
import { readFields } from '../input/fields.js';
import { serverTypeNamed } from '../offer/offer.js';
import type { ServerRecord, SnapshotRecord } from '../state/records.js';
import { takeId } from '../state/world.js';
import { planPointer } from './dns-pointers.js';
import { hostServer } from './hosts.js';
import { allImages, renderSnapshot } from './images.js';
import { describeReference, findByReference, refuseBeyond, requireRecord } from './lookup.js';
import { generatePassword } from './passwords.js';
import { about, concurrent, exclusive } from './server-action.js';
import { isGone, requireImage, requireServerType } from './server-order.js';
import { refuseRunning } from './server-power.js';

function changeType(context: Context, server: ServerRecord): object {
  const fields = readFields(context.body);
  const reference = fields.requiredReference('server_type');
  const upgradeDisk = fields.requiredFlag('upgrade_disk');
  fields.finish();
  const type = requireServerType(context, reference);
  refuseRunning(server);
  const reason = unfit(context, server, type);
  if (reason !== undefined) throw refused('invalid_server_type', reason);
  return {
    action: beginAndRender(context, {
      command: 'change_server_type',
      resources: about(server),
      apply: () => {
        server.status = 'migrating';
        server.serverType = type.name;
        if (upgradeDisk) server.primaryDiskSize = type.disk;
      },
      // The disk is copied and the server started again (https://docs.hetzner.cloud, Change the Type of a Server).
      onSuccess: { kind: 'server-status', server: server.id, status: 'running' },
      onFailure: { kind: 'server-status', server: server.id, status: 'off' },
      host: (driver) => driver.powerOn(hostServer(context, server)),
    }),
  };
}

/** Why a server cannot become of that type, or undefined. */
function unfit(context: Context, server: ServerRecord, type: ReturnType<typeof serverTypeNamed>): string | undefined {
  const current = serverTypeNamed(context.offer, server.serverType);
  const sold = type.locations.find((location) => location.name === server.location);
  if (type.name === current.name) return 'server has this server type already';
  if (type.architecture !== current.architecture) return 'server type has another architecture';
  if (sold === undefined) return 'unsupported location for server type';
  if (isGone(sold, context.now)) return 'server type is deprecated';
  if (type.disk < server.primaryDiskSize) return 'disk of the server type is smaller than that of the server';
  return undefined;
}

function rebuild(context: Context, server: ServerRecord): object {
  const fields = readFields(context.body);
  const reference = fields.requiredReference('image');
  const userData = fields.text('user_data', bytesUpTo(context.offer.catalog.limits.userDataBytes));
  fields.finish();
  if (server.protection.rebuild) throw isProtected('server rebuild');
  const type = serverTypeNamed(context.offer, server.serverType);
  const image = requireImage(context, reference, type, server.primaryDiskSize);
  const before = server.status;
  const action = beginAndRender(context, {
    command: 'rebuild_server',
    resources: about(server, { id: image.id, type: 'image' }),
    apply: () => {
      server.status = 'rebuilding';
      server.image = image.id;
      server.userData = userData ?? server.userData;
    },
    onSuccess: { kind: 'server-status', server: server.id, status: 'running' },
    onFailure: { kind: 'server-status', server: server.id, status: before },
    host: (driver) => {
      const host = hostServer(context, server);
      const gone = driver.delete(host);
      const make = (): Promise<void> | undefined => {
        const made = driver.create(host);
        return made === undefined ? driver.powerOn(host) : made.then(() => driver.powerOn(host));
      };
      return gone === undefined ? make() : gone.then(make);
    },
  });
  return { action, root_password: server.sshKeys.length > 0 ? null : generatePassword(server.id) };
}

function changeProtection(context: Context, server: ServerRecord): object {
  const fields = readFields(context.body);
  const value = {
    delete: fields.flag('delete') ?? server.protection.delete,
    rebuild: fields.flag('rebuild') ?? server.protection.rebuild,
  };
  if (value.delete !== value.rebuild) fields.refuse('rebuild', 'must have the same value as delete');
  fields.finish();
  return {
    action: beginAndRender(context, {
      command: 'change_protection',
      resources: about(server),
      apply: () => {
        server.protection = value;
      },
    }),
  };
}

function changePointer(context: Context, server: ServerRecord): object {
  const own = [...context.project.primaryIps.values()].filter((ip) => ip.server === server.id);
  return {
    action: beginAndRender(context, {
      command: 'change_dns_ptr',
      resources: about(server),
      apply: planPointer(context, own),
    }),
  };
}

/** An action that only sets something of the server. */
function setting(command: string, change: (server: ServerRecord) => void) {
  return (context: Context, server: ServerRecord): object => ({
    action: beginAndRender(context, { command, resources: about(server), apply: () => change(server) }),
  });
}

/** The window Hetzner chooses when none is asked for; it cannot be asked for any more. */
const backupWindow = '22-02';

function disableBackup(context: Context, server: ServerRecord): object {
  return setting('disable_backup', (item) => {
    item.backupWindow = null;
    for (const image of [...context.project.snapshots.values()]) {
      if (image.type === 'backup' && image.createdFrom.id === item.id) context.project.snapshots.delete(image.id);
    }
  })(context, server);
}

function createImage(context: Context, server: ServerRecord): object {
  const fields = readFields(context.body);
  const type = fields.text('type', oneOf('snapshot', 'backup')) === 'backup' ? 'backup' : 'snapshot';
  const description = fields.text('description');
  const labels = fields.labels() ?? {};
  fields.finish();
  if (type === 'backup' && server.backupWindow === null) {
    throw invalidField('type', 'backups are not enabled for this server');
  }
  refuseBeyond(context.project.snapshots.size, context.quotas.snapshots, 'snapshot', 'snapshot_limit');
  const source = allImages(context).find((image) => image.id === server.image);
  const image: SnapshotRecord = {
    id: takeId(context.world),
    name: '',
    labels,
    created: context.now,
    type,
    status: 'creating',
    description: description ?? `snapshot of ${server.name}`,
    createdFrom: { id: server.id, name: server.name },
    diskSize: server.primaryDiskSize,
    osFlavor: source?.os_flavor ?? 'unknown',
    osVersion: source?.os_version ?? null,
    architecture: serverTypeNamed(context.offer, server.serverType).architecture,
    protection: { delete: false },
  };
  context.project.snapshots.set(image.id, image);
  const action = beginAction(context, {
    command: 'create_image',
    resources: about(server, { id: image.id, type: 'image' }),
    onSuccess: { kind: 'image-available', image: image.id },
  });
  return { image: renderSnapshot(image), action: renderAction(action, context.now) };
}

function attachIso(context: Context, server: ServerRecord): object {
  const fields = readFields(context.body);
  const reference = fields.requiredReference('iso');
  fields.finish();
  const iso = findByReference(context.offer.isos, reference);
  if (iso === undefined) throw invalidField('iso', `ISO '${describeReference(reference)}' not found`);
  return setting('attach_iso', (item) => {
    item.iso = iso.id;
  })(context, server);
}

function enableRescue(context: Context, server: ServerRecord): object {
  const fields = readFields(context.body);
  fields.text('type', oneOf('linux64'));
  const keys = fields.integers('ssh_keys');
  fields.finish();
  for (const id of keys) requireRecord(context.project.sshKeys, id, 'SSH key');
  const answer = setting('enable_rescue', (item) => {
    item.rescueEnabled = true;
  })(context, server);
  return { ...answer, root_password: generatePassword(server.id) };
}

function resetPassword(context: Context, server: ServerRecord): object {
  if (server.status !== 'running') throw refused('service_error', 'Server must be running for this action');
  return {
    ...setting('reset_password', () => undefined)(context, server),
    root_password: generatePassword(server.id),
  };
}

/** Everything else that can be done to a server. */
export const serverActionRoutes: readonly Route[] = [
  exclusive('change_type', changeType),
  exclusive('rebuild', rebuild),
  concurrent('change_protection', changeProtection),
  concurrent('change_dns_ptr', changePointer),
  exclusive(
    'enable_backup',
    setting('enable_backup', (server) => {
      server.backupWindow = backupWindow;
    }),
  ),
  exclusive('disable_backup', disableBackup),
  exclusive('create_image', createImage),
  exclusive('attach_iso', attachIso),
  exclusive(
    'detach_iso',
    setting('detach_iso', (server) => {
      server.iso = null;
    }),
  ),
  exclusive('enable_rescue', enableRescue),
  exclusive(
    'disable_rescue',
    setting('disable_rescue', (server) => {
      server.rescueEnabled = false;
    }),
  ),
  exclusive('reset_password', resetPassword),
];
