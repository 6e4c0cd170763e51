import type { Cluster, Database, Host, Model } from '@groundplan/model';
import type { BundlePart } from '../bundle/bundle.js';
import { file, script } from '../bundle/file.js';
import { images } from '../images.js';
import { volumePath } from '../volume/index.js';
import { common } from './common.js';
import { backupProgram } from './paths.js';
import { type PostgresqlHere, pgbackrestConf, sshKeyPath, stanzaOf } from './pgbackrest-conf.js';
import { postgresqlProgram } from './postgresql-program.js';
import { targetOf } from './target.js';
import { databaseTimers, schedule } from './units.js';

/**
 * What PostgreSQL has to be told so that every change is archived within a minute, and a standby that was away too long gets what it
 * missed from there. `archive_mode` counts from a restart on, the rest from a reload.
 *
 * @returns nothing for a database without a backup
 */
export function archiving(database: Database): {
  readonly parameters: Readonly<Record<string, string>>;
  readonly restoreCommand: string | undefined;
} {
  if (database.backup === undefined) return { parameters: {}, restoreCommand: undefined };
  const pgbackrest = `pgbackrest --stanza=${stanzaOf(database)}`;
  return {
    parameters: {
      archive_mode: 'on',
      archive_command: `${pgbackrest} archive-push %p`,
      archive_timeout: '60s',
    },
    restoreCommand: `${pgbackrest} archive-get %f "%p"`,
  };
}

/** Backups of a member of a PostgreSQL cluster. */
export function postgresqlBackups(model: Model, { database, regions, members }: Cluster, host: Host): BundlePart[] {
  const { backup } = database;
  const owner = [...regions, database].map(({ firstName }) => firstName).join('.');
  const target = targetOf(model, backup?.to, owner);
  if (backup === undefined || target === undefined) return [];
  const major = images[model.image.value].versions.postgresql;
  const here: PostgresqlHere = {
    database,
    backup,
    target,
    host,
    dataPath: `${volumePath}/postgresql/${major}`,
    socketFolder: '/run/postgresql',
    workPath: `${volumePath}/postgresql/pgbackrest`,
  };
  const { keySpan } = backup;
  const name = `database.${database.name}`;
  const readable = { owner: 'root', group: 'postgres', mode: '0640' };
  return [
    {
      packages: ['pgbackrest', 'python3'],
      files: [
        file('/etc/pgbackrest/pgbackrest.conf', keySpan, pgbackrestConf(here), readable),
        ...(target.kind === 'sftp'
          ? [file(sshKeyPath, keySpan, [target.key, '\n'], { owner: 'postgres', group: 'postgres', mode: '0600' })]
          : []),
        script(backupProgram, keySpan, postgresqlProgram(here, major, members.length === 1)),
      ],
    },
    common(name, backup, 'postgres'),
    schedule(name, keySpan, 'postgres', databaseTimers(name, backup)),
  ];
}
