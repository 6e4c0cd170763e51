import type { Cluster, Database, Host, Model } from '@groundplan/model';
import type { BundlePart } from '../bundle/bundle.js';
import { file, script } from '../bundle/file.js';
import { images } from '../images.js';
import { dataPath, homePath, socketFolder } from '../postgresql/paths.js';
import type { Parameters } from '../postgresql/tuning.js';
import { common } from './common.js';
import { backupProgram, pushProgramPath } from './paths.js';
import { type PostgresqlHere, pgbackrestConf, sshKeyPath } from './pgbackrest-conf.js';
import { postgresqlProgram } from './postgresql-program.js';
import { pushProgram } from './postgresql-push.js';
import { targetOf } from './target.js';
import { databaseTimers, schedule } from './units.js';

/**
 * What PostgreSQL has to be told so that every change is archived within a minute. `archive_mode` counts from a restart on, the rest
 * from a reload.
 *
 * Standbys get no `restore_command`: PostgreSQL waits for it whenever a standby starts, loses its primary or takes over, so that a
 * storage which is away would delay a failover, and with more than 125 as its exit code the server ends.
 *
 * @returns nothing for a database without a backup, which no topology without an error has
 */
export function archiving({ backup }: Database): Parameters {
  if (backup === undefined) return {};
  return { archive_mode: 'on', archive_command: `${pushProgramPath} %p`, archive_timeout: '60s' };
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
    dataPath: dataPath(major),
    socketFolder: socketFolder,
    workPath: `${homePath}/pgbackrest`,
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
        script(pushProgramPath, keySpan, pushProgram(database)),
        script(backupProgram, keySpan, postgresqlProgram(here, major, members.length === 1)),
      ],
    },
    common(name, backup, 'postgres'),
    schedule(name, keySpan, 'postgres', databaseTimers(name, backup)),
  ];
}
