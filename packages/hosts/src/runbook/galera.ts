import type { Cluster } from '@groundplan/model';
import { hostsOf } from '../entities.js';
import { homePath, serverUnit } from '../galera/paths.js';
import { sqlName } from '../sql-name.js';
import { clusterName, galera } from './clusters.js';
import type { Chapter, Section } from './document.js';
import { galeraRestore } from './galera-restore.js';
import { code } from './markdown.js';
import { appsOf, type Here, list, onHosts, paragraph, section } from './write.js';

/** What an operator does with a Galera cluster. */
export function galeraCluster(here: Here, cluster: Cluster): Chapter {
  const name = clusterName(cluster);
  return {
    title: name,
    blocks: [
      whoServes(here, cluster, name),
      ...(cluster.members.length > 1 ? [handOver(cluster, name)] : []),
      ...galeraRestore(cluster, name),
      lostQuorum(cluster, name),
    ],
  };
}

function whoServes(here: Here, cluster: Cluster, name: string): Section {
  const { members, database, regions } = cluster;
  const appHosts = appsOf(here, database).flatMap((app) =>
    regions.flatMap((region) => hostsOf(here.model, app, region)),
  );
  return section(
    `Who serves ${name}`,
    paragraph(
      'Every member has all data. Apps of a host write to one of them at a time, the first that is ready, and stay with it until it fails.',
    ),
    onHosts('How the members stand', members, `${galera} status`, {
      expect: `A line for each: ${code('primary, ready')} is well. ${code('waiting')} is one whose server does not run yet, ${code('seeking')} and ${code('stranded')} are cut off from the others.`,
    }),
    ...(appHosts.length === 0
      ? []
      : [
          onHosts(
            'Where the apps of a host write to',
            appHosts,
            `echo 'show stat' | socat - /run/haproxy/admin.sock | grep '^database.${database.name},' | cut -d, -f2,5,18`,
            { expect: 'A line for each member: its open connections and its state. One has them all.' },
          ),
        ]),
    onHosts('A session as the superuser', members, `mariadb ${sqlName(database)}`, {
      expect: `The prompt of ${code('mariadb')}. What is written on any member is on all.`,
    }),
  );
}

function handOver({ members }: Cluster, name: string): Section {
  return section(
    `Switch over ${name}`,
    onHosts('Apps leave this member', members, `systemctl stop ${serverUnit}`, {
      which: { the: 'the member that they use' },
      expect:
        'It ends after some seconds, when another member serves and new connections go there. Where no other member serves it waits for one, up to five minutes.',
    }),
    onHosts('And it comes back', members, `systemctl start ${serverUnit}`, {
      which: { the: 'the member that was stopped' },
      expect: `${code(`${galera} status`)} shows it ${code('primary, ready')}. Apps stay where they are.`,
    }),
    list('Do not stop two members at once: who is left may be no majority, and refuses reads and writes.'),
  );
}

function lostQuorum({ members, voter }: Cluster, name: string): Section {
  const votes = members.length + (voter === undefined ? 0 : 1);
  return section(
    `Lost quorum of ${name}`,
    paragraph(
      `${votes} have a vote${voter === undefined ? '' : `, one of them without data on ${code(voter.name)}`}; who is not with more than half of them neither reads nor writes. After a cut or a power failure they come back by themselves, also when all were off at once: the one with the newest data begins as soon as all members answer. Bring them back first.`,
    ),
    onHosts(
      'Who is there, and what each waits for',
      members,
      `${galera} status\njournalctl -u ${serverUnit} -n 20 --no-pager`,
      {
        expect: `A line for each member, with the last change that it has (${code('up to change N')}) while its server does not run.`,
      },
    ),
    onHosts('Start a member that does not answer', members, `systemctl restart ${serverUnit}`, {
      which: { the: 'each with "no answer"' },
      expect: 'Within a minute all are `primary, ready`.',
    }),
    paragraph(
      'Only when members are lost for good, on one host alone, the one with the highest `up to change N` of those that are left:',
    ),
    onHosts('This member makes the cluster of what it has', members, `${galera} bootstrap`, {
      which: { the: 'the member with the newest data' },
      expect: `Within seconds ${code(`${galera} status`)} shows it ${code('primary, ready')}; the others join it. Where there is a cluster already it joins that instead.`,
    }),
    list(
      'Never do that while a member with newer data may come back: what only it has is lost.',
      `Never start ${code('mariadbd')} by hand with ${code('--wsrep-new-cluster')}, and never empty ${code(homePath)} on more than one host at a time.`,
    ),
  );
}
