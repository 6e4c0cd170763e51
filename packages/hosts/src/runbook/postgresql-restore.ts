import type { Cluster, Host } from '@groundplan/model';
import { backupUnit } from '../backups/paths.js';
import { stanzaOf } from '../backups/pgbackrest-conf.js';
import { images } from '../images.js';
import { membersOf } from '../postgresql/members.js';
import * as paths from '../postgresql/paths.js';
import { sqlName } from '../sql-name.js';
import { asUser, patronictl, psql } from './clusters.js';
import type { Section } from './document.js';
import { code } from './markdown.js';
import { type Here, list, onHosts, paragraph, section } from './write.js';

/** Restoring a PostgreSQL cluster to a moment of its past, by pgBackRest; nothing where it has no backup. */
export function postgresqlRestore(here: Here, cluster: Cluster, name: string): Section[] {
  const { database, members } = cluster;
  const [chosen, ...others] = members;
  if (database.backup === undefined || chosen === undefined) return [];
  const major = images[here.model.image.value].versions.postgresql;
  const data = paths.dataPath(major);
  const pgbackrest = asUser('postgres', `pgbackrest --stanza=${stanzaOf(database)}`);
  const pgCtl = asUser('postgres', `${paths.binPath(major)}/pg_ctl -D ${data}`);
  const scope = membersOf(here.model, cluster).name;
  const inRecovery = psql(cluster, `-XAtqc 'SELECT pg_is_in_recovery()'`);
  return [
    section(
      `Restore ${name} to a point in time`,
      paragraph(
        `Everything after that moment is gone from the database; it stays in the backups, so that you can restore to another moment if this was the wrong one. Apps have no database from the second step to the last but two. ${code(chosen.name)} is the primary afterwards; another member will do as well, in its place.`,
      ),
      onHosts('What there is', [chosen], `${pgbackrest} info`, {
        expect: `Backups with the time at which each ended, and ${code('wal archive min/max')}. The moment lies after the end of the oldest backup that is kept. This can be done while the database runs.`,
      }),
      onHosts('Stop the database', members, `systemctl stop ${paths.patroniUnit}`, {
        which: { the: `each${others.length > 0 ? ', the primary last' : ''}` },
        expect: `${code(`${patronictl} list`)} shows no member that runs. The primary sends the end of its log to the archive when it stops.`,
      }),
      onHosts(
        'Put back the newest backup before the moment, and say how far to go from there',
        [chosen],
        [
          `install -d -o postgres -g postgres -m 0700 ${data}`,
          `${pgbackrest} --delta --type=time --target="$moment" --target-action=promote restore`,
        ].join('\n'),
        {
          inputs: { moment: '2026-01-31 02:55:00+00' },
          expect: `${code('restore command end: completed successfully')}. The moment is in UTC with ${code('+00')}; say the zone always.`,
        },
      ),
      onHosts(
        'Or, in its place, put back everything that there is, as after a lost volume',
        [chosen],
        [`install -d -o postgres -g postgres -m 0700 ${data}`, `${pgbackrest} --delta restore`].join('\n'),
        { expect: `The same. The step after it then plays the log to its end.` },
      ),
      onHosts(
        'Play the log up to the moment, where nobody but this host can connect',
        [chosen],
        [
          `${pgCtl} -l /var/log/postgresql/restore.log -o "-c listen_addresses=''" -w -t 86400 start`,
          `while [ "$(${inRecovery})" = t ]; do sleep 2; done`,
          "grep -e 'recovery stopping' -e 'recovery complete' -e FATAL /var/log/postgresql/restore.log",
        ].join('\n'),
        {
          expect: `${code('recovery stopping before commit')} with the moment, and ${code('archive recovery complete')}. ${code('recovery ended before configured recovery target was reached')}: the moment is later than all that is archived; begin at the step before with an earlier one.`,
        },
      ),
      onHosts('Look whether it is what you want', [chosen], psql(cluster, sqlName(database)), {
        expect: 'The rows that were lost. If they are not there, go back two steps with another moment.',
      }),
      onHosts(
        'Take it as the truth: the cluster forgets what it knew',
        [chosen],
        [
          `${pgCtl} -m fast -w stop`,
          `printf '%s\\n' ${scope} 'Yes I am aware' | ${patronictl} remove ${scope}`,
          `systemctl start ${paths.patroniUnit} ${paths.settleUnit}`,
        ].join('\n'),
        {
          expect: `${code('server stopped')}, two questions that are answered, and within half a minute ${code(`${patronictl} list`)} shows ${code(chosen.key)} as ${code('Leader')}. Apps are let in again.`,
        },
      ),
      ...(others.length === 0
        ? []
        : [
            onHosts('The others follow again', others, `systemctl start ${paths.patroniUnit}`, {
              which: 'each',
              expect: `In ${code(`${patronictl} list`)} each is ${code('streaming')} or ${code('running')}. One that is not after some minutes is copied anew, as above.`,
            }),
          ]),
      onHosts('A backup to begin from', [chosen], `systemctl start ${backupUnit('full')}.service`, {
        expect: 'It ends when the backup is made, which takes its time. Restores to before this day still work.',
      }),
      list(
        'Do not start Patroni between the steps: it would take the other members back to what they were.',
        `A second restore, to a later moment than the first, needs ${code('--target-timeline=')} with the number that the log of PostgreSQL had before the first one: ${code('pgbackrest info')} shows it as the first eight digits of ${code('wal archive min')}.`,
      ),
    ),
    section(`Try a restore of ${name}`, ...tryRestore(members)),
  ];
}

function tryRestore(members: readonly Host[]) {
  return [
    onHosts(
      'A restore test now, beside the database',
      members,
      `systemctl start ${backupUnit('restore-test')}.service\njournalctl -u ${backupUnit('restore-test')}.service -n 3 --no-pager`,
      {
        which: members.length > 1 ? { the: 'a standby' } : 'any',
        expect: `${code('the restore test has passed')} with the number of rows. It needs room for the whole database and takes nothing from it.`,
      },
    ),
  ];
}
