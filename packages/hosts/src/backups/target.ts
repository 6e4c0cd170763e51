import type { Bucket, External, Model, Reference } from '@groundplan/model';
import { objectStorageHost } from '../object-storage.js';
import { backupsObjectStorage, externalAccessKey, externalSecretKey, externalSshKey } from '../secret-names.js';
import type { Secret, Text } from '../text.js';

/** Where backups go, as the programs that make them have to be told. */
export type Target =
  | {
      readonly kind: 's3';
      readonly host: string;
      readonly port: number;
      readonly region: string;
      readonly bucket: string;
      /** In the bucket; begins with `/` and does not end with it. */
      readonly folder: string;
      readonly accessKey: Text;
      readonly secretKey: Secret;
    }
  | {
      readonly kind: 'sftp';
      readonly host: string;
      readonly port: number;
      readonly user: string;
      /** Does not end with `/`. */
      readonly folder: string;
      readonly key: Secret;
    };

/**
 * The target of a backup, with a folder of its own there: several topologies may share a bucket or a server.
 *
 * @param owner what is backed up, in names that never change: `fsn1.main`
 * @returns undefined where the topology names none that exists
 */
export function targetOf(model: Model, to: Reference | undefined, owner: string): Target | undefined {
  const folder = `/${model.name.value}/${owner}`;
  const { target } = to ?? {};
  if (target?.kind === 'bucket') {
    const bucket = model.buckets.find(({ name }) => name === target.name);
    return bucket && inBucket(bucket, folder);
  }
  if (target?.kind === 'external') {
    const external = model.externals.find(({ name }) => name === target.name);
    return external && outside(external, folder);
  }
  return undefined;
}

function inBucket({ bucketName, location }: Bucket, folder: string): Target {
  return {
    kind: 's3',
    host: objectStorageHost(location.value),
    port: 443,
    region: location.value,
    bucket: bucketName.value,
    folder,
    accessKey: [backupsObjectStorage.accessKey],
    secretKey: backupsObjectStorage.secretKey,
  };
}

function outside(external: External, folder: string): Target {
  const { type, host, port, user, path } = external;
  const within = path.value.replace(/\/+$/, '');
  if (type.value === 'sftp') {
    return {
      kind: 'sftp',
      host: host.value,
      port: port.value,
      user: user?.value ?? '',
      folder: within + folder,
      key: externalSshKey(external),
    };
  }
  const [bucket = '', ...prefix] = within.split('/').filter((part) => part !== '');
  return {
    kind: 's3',
    host: host.value,
    port: port.value,
    // What most servers that speak S3 are called, and what none but Amazon's insists on.
    region: 'us-east-1',
    bucket,
    folder: prefix.map((part) => `/${part}`).join('') + folder,
    accessKey: user === undefined ? [externalAccessKey(external)] : [user.value],
    secretKey: externalSecretKey(external),
  };
}
