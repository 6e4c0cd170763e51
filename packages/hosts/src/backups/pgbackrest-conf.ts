import type { Database, DatabaseBackup, Host } from '@groundplan/model';
import { backupPassphrase } from '../secret-names.js';
import { text } from '../template.js';
import type { Text } from '../text.js';
import { secretsFolder } from './paths.js';
import type { Target } from './target.js';

export interface PostgresqlHere {
  readonly database: Database;
  readonly backup: DatabaseBackup;
  readonly target: Target;
  readonly host: Host;
  /** Of the server's data. */
  readonly dataPath: string;
  readonly socketFolder: string;
  /** Where pgBackRest keeps what is on its way; on the volume, where the database's unit may write. */
  readonly workPath: string;
}

/** What pgBackRest calls a database. */
export function stanzaOf({ firstName }: Database): string {
  return firstName;
}

export function pgbackrestConf(here: PostgresqlHere): Text {
  const { database, backup, dataPath, socketFolder, workPath } = here;
  return text`
# Backups of database.${database.name}, and the log of its changes, by pgBackRest.
#   what there is   sudo -u postgres pgbackrest info
#   is it well      sudo -u postgres pgbackrest --stanza=${stanzaOf(database)} check
# Keys are in it: for root and postgres only.
[global]
${repository(here)}
${backup.encrypt.value ? cipher(database) : ''}
repo1-bundle=y
repo1-retention-full=${backup.keepFull.value}

start-fast=y
process-max=2
compress-type=zst
compress-level=3

# What is said goes to the journal, of the log's archiver by way of PostgreSQL.
log-level-file=off
log-level-console=info
log-level-stderr=warn
log-timestamp=n
lock-path=${workPath}/lock
spool-path=${workPath}/spool

# The log is sent while the next of it is written. If the storage is away for so long that a quarter of the volume would be taken, what
# waits is given up: without a backup one can go on, with a full volume nobody can. PostgreSQL waits for a few seconds each time, and
# so does its shutdown: what takes longer goes on in the background, and counts at the next attempt.
[global:archive-push]
archive-async=y
archive-timeout=5
io-timeout=20
log-level-console=warn
archive-push-queue-max=${queueMegabytes(here)}MB
compress-level=1

[global:archive-get]
archive-async=n

[${stanzaOf(database)}]
pg1-path=${dataPath}
pg1-port=${database.port.value}
pg1-socket-path=${socketFolder}
pg1-user=postgres
`;
}

/** A quarter of the volume. */
export function queueMegabytes({ host }: Pick<PostgresqlHere, 'host'>): number {
  return Math.floor(((host.volume?.size.value ?? 0) * 1000) / 4);
}

export const sshKeyPath = `${secretsFolder}/ssh-key`;

function repository({ target }: PostgresqlHere): Text {
  if (target.kind === 's3') {
    return text`
repo1-type=s3
repo1-path=${target.folder}
repo1-s3-bucket=${target.bucket}
repo1-s3-endpoint=${target.host}:${target.port}
repo1-s3-region=${target.region}
repo1-s3-uri-style=path
repo1-s3-key=${target.accessKey}
repo1-s3-key-secret=${target.secretKey}
`;
  }
  return text`
repo1-type=sftp
repo1-path=${target.folder}
repo1-sftp-host=${target.host}
repo1-sftp-host-port=${target.port}
repo1-sftp-host-user=${target.user}
repo1-sftp-host-key-hash-type=sha256
repo1-sftp-host-key-check-type=accept-new
repo1-sftp-private-key-file=${sshKeyPath}
`;
}

function cipher(database: Database): Text {
  return text`
repo1-cipher-type=aes-256-cbc
repo1-cipher-pass=${backupPassphrase('database', database)}
`;
}
