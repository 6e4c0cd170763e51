import type { Cluster, Host } from '@groundplan/model';
import { membersOf } from '../postgresql/members.js';
import * as paths from '../postgresql/paths.js';
import { sqlName } from '../sql-name.js';
import { asUser, clusterName, patronictl, psql } from './clusters.js';
import type { Chapter, Command, Section } from './document.js';
import { code } from './markdown.js';
import { postgresqlRestore } from './postgresql-restore.js';
import { type Here, list, onHosts, paragraph, section } from './write.js';

/** What an operator does with a PostgreSQL cluster. */
export function postgresql(here: Here, cluster: Cluster): Chapter {
  const name = clusterName(cluster);
  return {
    title: name,
    blocks: [
      ...whereIsThePrimary(cluster, name),
      ...(cluster.members.length > 1 ? [switchOver(cluster, name), standbyIsBehind(here, cluster, name)] : []),
      ...postgresqlRestore(here, cluster, name),
      lostQuorum(here, cluster, name),
    ],
  };
}

function whereIsThePrimary(cluster: Cluster, name: string): Section[] {
  const { members } = cluster;
  return [
    section(
      `Where is the primary of ${name}`,
      onHosts('Who is what', members, `${patronictl} list`, {
        expect: `One row with the role ${code('Leader')} that is ${code('running')}; the others are ${code('Replica')} or ${code('Sync Standby')}, ${code('streaming')} or ${code('running')}, with little lag. Patroni calls them ${members.map(({ key, name: host }) => `${code(key)} (${code(host)})`).join(', ')}.`,
      }),
      onHosts('A session as the superuser', members, psql(cluster, sqlName(cluster.database)), {
        which: { the: 'the primary' },
        expect: `The prompt of ${code('psql')}. Apps need nothing of this: each reaches the primary at ${code(`127.0.0.1:${cluster.database.port.value}`)} of its own host, wherever it is.`,
      }),
    ),
  ];
}

function switchOver({ members, database }: Cluster, name: string): Section {
  const isSync = database.durability.value === 'sync';
  return section(
    `Switch over ${name}`,
    onHosts('Another member becomes the primary', members, `${patronictl} switchover --force`, {
      expect: `${code('Successfully switched over')} after some seconds, in which no write is answered. Apps follow by themselves; their open connections are cut.${isSync ? ' The one that takes over is the sync standby.' : ''}`,
    }),
    onHosts('And whether it is', members, `${patronictl} list`, {
      expect: `Another ${code('Leader')}, and the old one ${code('Replica')} and ${code('running')} or ${code('streaming')} within half a minute.`,
    }),
    list(
      'When the primary is dead there is nothing to switch: another takes over by itself, within 20 s.',
      `Do not use ${code(`${patronictl} failover`)} while there is a primary, and do not promote by ${code('pg_ctl')}: Patroni takes it for a fault.`,
      `Do not leave it paused (${code(`${patronictl} pause`)}): while it is, nobody takes over.`,
    ),
  );
}

function standbyIsBehind(here: Here, cluster: Cluster, name: string): Section {
  const { members } = cluster;
  const scope = membersOf(here.model, cluster).name;
  const standby = members[1] as Host;
  return section(
    `A member of ${name} does not follow`,
    onHosts('Why', members, `journalctl -u ${paths.patroniUnit} -n 50 --no-pager`, {
      which: { the: 'the member that does not follow' },
      expect:
        'What it waits for. A member that was away winds itself back, or copies everything anew, by itself: give it some minutes for each 100 GB.',
    }),
    onHosts('Start it once more', members, `systemctl restart ${paths.patroniUnit}`, {
      which: { the: 'the member that does not follow' },
      expect: `In ${code(`${patronictl} list`)} it is ${code('streaming')} or ${code('running')} with a lag that shrinks.`,
    }),
    onHosts(
      'The last resort: copy all of its data anew from the primary',
      members,
      `${patronictl} reinit ${scope} "$member" --force --wait`,
      {
        inputs: { member: standby.key },
        expect: 'It says so when it is done. Never name the primary here: it refuses, and that is well.',
      },
    ),
  );
}

/** What the bundles do on their own comes first: an operator's part begins where a majority is gone for good. */
function lostQuorum(here: Here, cluster: Cluster, name: string): Section {
  const all = membersOf(here.model, cluster);
  const etcd = paths.etcdPaths(all);
  const hosts = all.etcd.map(({ host }) => host);
  const majority = Math.floor(hosts.length / 2) + 1;
  const environment = `set -a\n. ${etcd.settings}\nset +a`;
  const looks: Command[] = [
    onHosts('Who answers', hosts, `${environment}\netcdctl endpoint status -w table`, {
      expect: `A row for each of the ${hosts.length} that runs. ${majority} of them are a majority.`,
    }),
    onHosts('Start the ones that do not run', hosts, `systemctl restart ${etcd.unit}`, {
      which: { the: 'each that does not answer' },
      expect: `Once ${majority} run everything goes on by itself.`,
    }),
  ];
  if (hosts.length === 1) return section(`Lost quorum of ${name}`, ...looks);
  return section(
    `Lost quorum of ${name}`,
    paragraph(
      `${hosts.length} members of etcd decide by majority who is the primary. Without one the primary goes on as long as it sees all other members of the database, and nobody can take over. Hosts that come back, with their disk or with an empty one, join by themselves: bring them back first, by the Hetzner console or as [Replace a host](#replace-a-host) says.`,
    ),
    ...looks,
    paragraph(
      `Only when ${majority} can never come back, and on one host alone, the one that has the newest data, mostly the last primary:`,
    ),
    onHosts(
      'etcd begins anew with this member, and keeps what it knows',
      hosts.filter(({ tier }) => tier === 'db'),
      `systemctl stop ${etcd.unit}\n${environment}\n${asUser('etcd', 'timeout 10 etcd --force-new-cluster')} || [ $? = 124 ]\nsystemctl start ${etcd.unit}`,
      {
        which: { the: 'the last primary' },
        expect: `Ten seconds of its log, then ${code('etcdctl endpoint status -w table')} shows it alone, as the leader, and ${code(`${patronictl} list`)} a primary. Hosts that are replaced now join it by themselves.`,
      },
    ),
    list(
      'Never do that while another member may come back: there would be two clusters, and with them two primaries.',
      `Never empty ${code(`/var/lib/${etcd.state}`)} on more than one host at a time.`,
    ),
  );
}
