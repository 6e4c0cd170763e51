import type { External, Model, Reference } from '@groundplan/model';
import type { NeededSecret } from './secret.js';
import { backupsObjectStorageSource } from './sources.js';

/** By which hosts write backups: one pair of keys for all buckets, and whatever each target elsewhere asks for. */
export function backupKeys(model: Model): NeededSecret[] {
  const targets = [...model.databases, ...model.storages].flatMap(({ backup }) => backup?.to ?? []);
  return [
    ...bucketKeys(targets.filter(({ target }) => target?.kind === 'bucket')),
    ...model.externals.flatMap((external) =>
      externalKeys(
        external,
        targets.filter(({ target }) => target?.kind === 'external' && target.name === external.name),
      ),
    ),
  ];
}

function bucketKeys(uses: readonly Reference[]): NeededSecret[] {
  if (uses.length === 0) return [];
  return (['access', 'secret'] as const).map((half) =>
    key(`backups_object_storage_${half}_key`, uses, {
      form: { kind: 'text' },
      about: `${half === 'access' ? 'Access' : 'Secret'} key of Hetzner Object Storage by which hosts write backups.`,
      source: backupsObjectStorageSource,
    }),
  );
}

function externalKeys(external: External, uses: readonly Reference[]): NeededSecret[] {
  if (uses.length === 0) return [];
  const { name, firstName, host, type, user } = external;
  const prefix = `external_${firstName.replaceAll('-', '_')}`;
  if (type.value === 'sftp') {
    const about = `Key by which hosts log in to external.${name} for backups; its public half is for ~/.ssh/authorized_keys there.`;
    return [key(`${prefix}_ssh_key`, uses, { form: { kind: 'ssh-key' }, about })];
  }
  const source = `the object storage at ${host.value}: keys that may read, write and delete in its bucket alone`;
  const secret = key(`${prefix}_secret_key`, uses, {
    form: { kind: 'text' },
    about: `Secret key by which hosts write backups to external.${name}.`,
    source,
  });
  if (user !== undefined) return [secret];
  const about = `Access key by which hosts write backups to external.${name}.`;
  return [key(`${prefix}_access_key`, uses, { form: { kind: 'text' }, about, source }), secret];
}

function key(
  name: string,
  uses: readonly Reference[],
  details: Pick<NeededSecret, 'form' | 'about' | 'source'>,
): NeededSecret {
  return { name, variable: name, uses: uses.map(({ span }) => span), ...details };
}
