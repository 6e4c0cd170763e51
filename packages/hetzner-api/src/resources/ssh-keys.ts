import { createHash } from 'node:crypto';
import { notUnique } from '../http/errors.js';
import { type Context, created, noContent, ok, type Route } from '../http/route.js';
import { nameUpTo } from '../input/checks.js';
import { readFields } from '../input/fields.js';
import { listReply } from '../query/list.js';
import type { SshKeyShape } from '../shapes.js';
import type { SshKeyRecord } from '../state/records.js';
import { takeId } from '../state/world.js';
import { formatTime } from '../time.js';
import { refuseBeyond, refuseTakenName, sshKeyOf } from './lookup.js';
import { updateReply } from './update.js';

/** An SSH key as the API shows it. */
export function renderSshKey(key: SshKeyRecord): SshKeyShape {
  return {
    id: key.id,
    name: key.name,
    fingerprint: key.fingerprint,
    public_key: key.publicKey,
    labels: key.labels,
    created: formatTime(key.created),
  };
}

const keyTypes: ReadonlySet<string> = new Set([
  'ssh-rsa',
  'ssh-ed25519',
  'ecdsa-sha2-nistp256',
  'ecdsa-sha2-nistp384',
  'ecdsa-sha2-nistp521',
  'sk-ssh-ed25519@openssh.com',
  'sk-ecdsa-sha2-nistp256@openssh.com',
]);

/** MD5 of the key, in pairs with colons, as `ssh-keygen -l -E md5` shows it; undefined for what is no public key. */
export function fingerprintOf(publicKey: string): string | undefined {
  const [type = '', encoded = ''] = publicKey.trim().split(/\s+/);
  if (!keyTypes.has(type) || !/^[A-Za-z0-9+/]+={0,2}$/.test(encoded)) return undefined;
  const blob = Buffer.from(encoded, 'base64');
  // RFC 4253, 6.6: the blob begins with the length and the name of its type.
  if (blob.length < 4 + type.length || blob.readUInt32BE(0) !== type.length) return undefined;
  if (blob.toString('latin1', 4, 4 + type.length) !== type) return undefined;
  const digest = createHash('md5').update(blob).digest('hex');
  return digest.match(/../g)?.join(':');
}

function create(context: Context) {
  const { project } = context;
  const fields = readFields(context.body);
  const name = fields.requiredText('name', nameUpTo(128));
  const publicKey = fields.requiredText('public_key');
  const labels = fields.labels() ?? {};
  const fingerprint = fingerprintOf(publicKey);
  if (publicKey !== '' && fingerprint === undefined) fields.refuse('public_key', 'is not a valid OpenSSH public key');
  fields.finish();
  refuseTakenName(project.sshKeys, name, 'SSH key name is already used');
  if ([...project.sshKeys.values()].some((key) => key.fingerprint === fingerprint)) {
    throw notUnique('SSH key with the same fingerprint already exists', 'public_key');
  }
  refuseBeyond(project.sshKeys.size, context.quotas.sshKeys, 'SSH key', 'ssh_key_limit');
  const key: SshKeyRecord = {
    id: takeId(context.world),
    name,
    labels,
    created: context.now,
    fingerprint: fingerprint ?? '',
    publicKey,
  };
  project.sshKeys.set(key.id, key);
  return created({ ssh_key: renderSshKey(key) });
}

export const sshKeyRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/ssh_keys',
    handle: (context) => {
      const fingerprint = context.query.get('fingerprint');
      return listReply(context, {
        key: 'ssh_keys',
        items: [...context.project.sshKeys.values()].filter(
          (key) => fingerprint === null || key.fingerprint === fingerprint,
        ),
        render: renderSshKey,
        sort: { id: (key) => key.id, name: (key) => key.name },
        name: (key) => key.name,
        labels: (key) => key.labels,
      });
    },
  },
  { method: 'POST', path: '/ssh_keys', handle: create },
  { method: 'GET', path: '/ssh_keys/{id}', handle: (context) => ok({ ssh_key: renderSshKey(sshKeyOf(context)) }) },
  {
    method: 'PUT',
    path: '/ssh_keys/{id}',
    handle: (context) =>
      updateReply(context, {
        items: context.project.sshKeys,
        item: sshKeyOf(context),
        key: 'ssh_key',
        render: renderSshKey,
        takenMessage: 'SSH key name is already used',
      }),
  },
  {
    method: 'DELETE',
    path: '/ssh_keys/{id}',
    handle: (context) => {
      context.project.sshKeys.delete(sshKeyOf(context).id);
      return noContent;
    },
  },
];
