import type { Cluster } from '@groundplan/model';
import { backupUnit } from '../backups/paths.js';
import { resticProgram } from '../backups/restic.js';
import { binlogPath, dataPath, homePath, serverUnit } from '../galera/paths.js';
import { asUser, galera, named } from './clusters.js';
import type { Section } from './document.js';
import { code } from './markdown.js';
import { list, onHosts, paragraph, section } from './write.js';

const restic = named(resticProgram);
/** On the volume, since it is as large as the data. */
const folder = `${homePath}/restore`;

/** Restoring a Galera cluster to a moment of its past, by mariadb-backup, restic and the binary log; nothing without a backup. */
export function galeraRestore({ database, members }: Cluster, name: string): Section[] {
  const [chosen, ...others] = members;
  if (database.backup === undefined || chosen === undefined) return [];
  const client = (program: string) => `${program} --no-defaults --socket=${folder}/socket --user=mysql`;
  return [
    section(
      `Restore ${name} to a point in time`,
      paragraph(
        `Everything after that moment is gone from the database; it stays in the backups. No app can reach the database between the second step and the last but two. All is done on ${code(chosen.name)}, whose volume must have room for a second copy: ${code('databases.*.volume.size')} makes it larger while it is in use.`,
      ),
      onHosts('What there is', [chosen], `${restic} snapshots --compact --tag=complete`, {
        expect: `Backups with the time at which each began, in the host's own zone. Note the ID of the newest before the moment, and the host that made it.`,
      }),
      onHosts('Stop the database', members, `systemctl stop ${serverUnit}`, {
        which: 'each',
        expect: 'The last one ends after a quarter of a minute.',
      }),
      onHosts(
        'Put the backup beside the data',
        [chosen],
        [
          `rm -rf ${folder}`,
          `install -d -o mysql -g mysql -m 0700 ${folder} ${folder}/data`,
          `${restic} dump "$backup" /everything.mbstream | mbstream -x -C ${folder}/data`,
          `mariadb-backup --prepare --target-dir=${folder}/data`,
          `chown -R mysql:mysql ${folder}`,
          `cat ${folder}/data/xtrabackup_binlog_info`,
        ].join('\n'),
        {
          inputs: { backup: '1a2b3c4d' },
          expect: `${code('completed OK!')}, and from where on the log has to be played.`,
        },
      ),
      onHosts(
        'Start a server on it that nobody reaches, and play the log up to the moment',
        [chosen],
        [
          `${restic} restore latest --tag=log --host="$maker" --target=${folder}`,
          `chown -R mysql:mysql ${folder}`,
          `${asUser('mysql', `mariadbd --no-defaults --datadir=${folder}/data --socket=${folder}/socket --pid-file=${folder}/pid --skip-networking --skip-log-bin --skip-slave-start`)} >${folder}/log 2>&1 &`,
          `until ${asUser('mysql', client('mariadb-admin'))} --silent ping; do sleep 1; done`,
          `read -r file position _ <${folder}/data/xtrabackup_binlog_info`,
          `files=$(find ${folder}${binlogPath} -name 'changes.[0-9]*' | sort | sed -n "/$file\\$/,\\$p")`,
          '# shellcheck disable=SC2086',
          `TZ=UTC mariadb-binlog --no-defaults --start-position="$position" --stop-datetime="$moment" $files | ${asUser('mysql', client('mariadb'))}`,
        ].join('\n'),
        {
          inputs: { maker: chosen.name, moment: '2026-01-31 02:55:00' },
          expect: `No error. The moment is in UTC; ${code('maker')} is the host that made the backup. If the moment is more than two days old, say in the place of ${code('latest')} the ID of a log of the day after it, which ${code(`${restic} snapshots --tag=log`)} shows.`,
        },
      ),
      onHosts('Look whether it is what you want', [chosen], asUser('mysql', client('mariadb')), {
        expect:
          'The rows that were lost. If they are not there, end this server as below and begin again two steps before, with another moment.',
      }),
      onHosts('End that server', [chosen], `${asUser('mysql', client('mariadb-admin'))} shutdown`, {
        expect: 'Nothing.',
      }),
      onHosts(
        'Take it as the truth: it makes the cluster',
        [chosen],
        [
          `mv ${dataPath} ${dataPath}.before`,
          `mv ${folder}/data ${dataPath}`,
          `systemctl start ${serverUnit}`,
          `until ${galera} status | grep -q ': waiting'; do sleep 1; done`,
          `${galera} bootstrap`,
        ].join('\n'),
        {
          expect: `Within seconds ${code(`${galera} status`)} shows it ${code('primary, ready')}, and apps are let in again.`,
        },
      ),
      ...(others.length === 0
        ? []
        : [
            onHosts('The others copy it', others, `mv ${dataPath} ${dataPath}.before\nsystemctl start ${serverUnit}`, {
              which: 'each',
              expect: `After some minutes for each 100 GB it is ${code('primary, ready')}. Where there is no room for both, remove ${code(dataPath)} instead of moving it.`,
            }),
          ]),
      onHosts(
        'A backup to begin from, and room again',
        members,
        `systemctl start ${backupUnit('full')}.service\nrm -rf ${dataPath}.before ${folder}`,
        { which: 'each', expect: 'The backup is made by one of them. The others say that it is left to that one.' },
      ),
      list(
        'Do not start a member that still has its old data: it is newer than what you restored, and Galera refuses it, or worse.',
      ),
    ),
    section(
      `Try a restore of ${name}`,
      onHosts(
        'A restore test now, beside the database',
        members,
        `systemctl start ${backupUnit('restore-test')}.service\njournalctl -u ${backupUnit('restore-test')}.service -n 3 --no-pager`,
        {
          which: 'each',
          expect: `On one of them ${code('the restore test has passed')} with the number of rows, on the others ${code('left to another member')}.`,
        },
      ),
    ),
  ];
}
