import type { Host } from '@groundplan/model';
import { clustersOf } from '@groundplan/model';
import { checksFolder, watchUnit } from '../alerts/paths.js';
import { runbook } from '../alerts/runbook.js';
import { drainProgram, programUnit } from '../app/paths.js';
import { backupUnit } from '../backups/paths.js';
import type { BundleFile } from '../bundle/bundle.js';
import { unitName as checkerUnit, operatorProgram as dnsProgram } from '../dns-checker/paths.js';
import { volumePath } from '../volume/index.js';
import { clusterName, galera, named, patronictl } from './clusters.js';
import type { Block, Chapter } from './document.js';
import { serversOfHaproxy } from './first-look.js';
import { code, link } from './markdown.js';
import { applying, type Here, list, onHosts, onOwnComputer, paragraph, section, setting } from './write.js';

type Topic = keyof typeof runbook;

/** Where all programs of ours are. */
const programsFolder = checksFolder.replace(/[^/]+$/, '');

/** What alerts lead to: a section under exactly the title that they name, for each that a host of the topology can send. */
export function alertSections(here: Here): Chapter {
  const topics = (Object.keys(runbook) as Topic[]).filter((topic) => sendersOf(here, topic).length > 0);
  const { webhook, email } = here.model.alerts ?? {};
  const told = webhook !== undefined || email !== undefined;
  return {
    title: 'What an alert means',
    blocks: [
      paragraph(
        `An alert names a host and one of these sections. ${told ? 'It is told again once a day while it lasts, and when it is over.' : 'Hosts tell the journal alone, since the topology has neither `alerts.webhook` nor `alerts.email`.'}`,
      ),
      onHosts(
        'What a host has told',
        here.bundles.map(({ host }) => host),
        'journalctl -t groundplan-alert -S -1d --no-pager',
        {
          which: { the: 'the host' },
          expect: 'The alerts of the last day, the newest at the end.',
        },
      ),
      ...topics.map((topic) => section(runbook[topic], ...contentOf(here, topic))),
    ],
  };
}

/** The hosts that can send an alert of a topic: it stands in one of their programs. */
function sendersOf({ bundles }: Here, topic: Topic): Host[] {
  const names = ({ path, content }: BundleFile) =>
    path.startsWith(programsFolder) &&
    content.some((part) => typeof part === 'string' && part.includes(runbook[topic]));
  return bundles.filter(({ files }) => files.some(names)).map(({ host }) => host);
}

function contentOf(here: Here, topic: Topic): Block[] {
  const hosts = sendersOf(here, topic);
  const itself = { which: { the: 'the host that the alert names' } } as const;
  switch (topic) {
    case 'disk':
      return diskIsFull(here, hosts);
    case 'clock':
      return [
        onHosts('How far off it is, and whom it asks', hosts, 'chronyc tracking\nchronyc sources', {
          ...itself,
          expect: `${code('Leap status : Normal')} and a line with ${code('^*')}. Without one no time server answers: is the network of the host well?`,
        }),
        onHosts('Ask anew', hosts, 'systemctl restart chrony.service\nchronyc waitsync 30 0.5', {
          ...itself,
          expect: 'It ends with a difference of less than half a second.',
        }),
        list('Do not set it by `date`: databases and leases suffer from a jump.'),
      ];
    case 'unit':
      return [
        onHosts(
          'What failed, and what it said',
          hosts,
          'systemctl list-units --failed\njournalctl -u "$unit" -n 50 --no-pager',
          {
            ...itself,
            inputs: { unit: 'nftables.service' },
            expect: 'The reason is in the last lines, mostly.',
          },
        ),
        onHosts('Once the reason is gone', hosts, 'systemctl restart "$unit"', {
          ...itself,
          inputs: { unit: 'nftables.service' },
          expect: 'Nothing. The alert is over after some minutes.',
        }),
        paragraph(
          'A service that "does not stay up" is started again and again: look for the first error after each start, not for the last line.',
        ),
      ];
    case 'check':
      return [
        onHosts(
          'Which check fails, and how',
          hosts,
          `journalctl -u ${watchUnit}.service -n 30 --no-pager\nfor check in ${checksFolder}/*; do echo "$check"; "$check"; done`,
          {
            ...itself,
            expect:
              'A check prints a line for each thing that is wrong and nothing otherwise. An error message is what the alert is about: nobody looks at that part of the host meanwhile.',
          },
        ),
      ];
    case 'app':
      return appIsDown(here, hosts);
    case 'certificate':
      return certificateEnds(here, hosts);
    case 'dns':
      return [
        onHosts('Who is down and why, by each checker, and what is in DNS', hosts, named(dnsProgram), {
          expect: 'A load balancer that is dead is out of DNS within half a minute, and back when it is well.',
        }),
        onHosts('Ask every load balancer once, from here', hosts, `${named(dnsProgram)} once`, {
          expect: 'What each answers. This changes nothing.',
        }),
        onHosts('What the checker did', hosts, `journalctl -u ${checkerUnit} -n 50 --no-pager`, {
          expect: 'Each change of a record with its reason.',
        }),
        list(
          '**A majority finds a load balancer down**: DNS is in order. See why it is down, or replace it: [Replace a host](#replace-a-host).',
          '**Every address is down**: the last ones stay in DNS, since taking all out helps nobody: [The site does not answer](#the-site-does-not-answer).',
          `**The provider refuses the token**: make another one and set it: ${link('Rotate keys')}.`,
          '**The checkers are no majority**: DNS stays as it is until hosts are back.',
        ),
      ];
    case 'database':
      return clustersOfModel(here).flatMap((cluster) => {
        const isPostgresql = cluster.database.engine.value === 'postgresql';
        const name = clusterName(cluster);
        return [
          onHosts(`The members of ${name}`, cluster.members, isPostgresql ? `${patronictl} list` : `${galera} status`, {
            expect: isPostgresql
              ? `One ${code('Leader')}; the others ${code('streaming')} or ${code('running')}. A member that is not there: is its host up? Then ${link(`A member of ${name} does not follow`)}.`
              : `All ${code('primary, ready')}. A member that is not there: is its host up? It joins by itself, and copies what it misses.`,
          }),
        ].map((block) =>
          cluster.members.length > 1 || !isPostgresql
            ? block
            : { ...block, expect: `One ${code('Leader')} that is ${code('running')}.` },
        );
      });
    case 'quorum':
      return [
        paragraph(
          `One voter that is away costs nothing but the reserve. More of them: ${clustersOfModel(here)
            .map((cluster) => link(`Lost quorum of ${clusterName(cluster)}`))
            .join(', ')}.`,
        ),
      ];
    case 'backup':
      return [
        onHosts(
          'When it was last tried, and what it said',
          hosts,
          `systemctl list-timers '${backupUnit('*')}'\njournalctl -u '${backupUnit('*')}' -n 50 --no-pager`,
          {
            ...itself,
            expect: `The reason is mostly the storage: keys that are revoked, a bucket that is full, an endpoint that is away.`,
          },
        ),
        onHosts('Make one now', hosts, `systemctl start ${backupUnit('full')}.service`, {
          which: 'each',
          expect: 'It ends when the backup is made. A host whose turn it is not leaves it to the other.',
        }),
        paragraph('As long as backups are old, do nothing that may need one: no restore, no replacement of a volume.'),
      ];
    case 'restoreTest':
      return [
        onHosts(
          'Test now, and see why it fails',
          hosts,
          `systemctl start ${backupUnit('restore-test')}.service\njournalctl -u ${backupUnit('restore-test')}.service -n 50 --no-pager`,
          {
            ...itself,
            expect: `${code('the restore test has passed')}, or why not. ${code('no disk has room')}: the volume is too small to hold the database twice; make it larger. Anything else: the backups may be worthless, so make a new full one and test that.`,
          },
        ),
      ];
  }
}

function clustersOfModel({ model }: Here) {
  return model.databases.flatMap((database) => clustersOf(model, database));
}

function diskIsFull(here: Here, hosts: readonly Host[]): Block[] {
  const withVolume = hosts.filter(({ volume }) => volume !== undefined);
  const which = { the: 'the host that the alert names' };
  return [
    onHosts('What takes the room', hosts, 'df -h\ndu -xh --max-depth=2 / | sort -h | tail -n 20', {
      which,
      expect: 'The largest folders, at the end of the list.',
    }),
    onHosts('Room on the root disk, at once', hosts, 'journalctl --vacuum-size=200M\napt-get clean', {
      which,
      expect: 'Some hundred megabytes. The log of the host is shorter then.',
    }),
    ...(withVolume.length === 0
      ? []
      : [
          paragraph(
            `${code(volumePath)} is the volume of a database. Make ${code('databases.*.volume.size')} larger in ${code(here.topologyFile)}: it grows while the database runs. It never becomes smaller.`,
          ),
          onOwnComputer('A larger volume', applying(here), {
            expect: `${code('hcloud_volume')} is changed in place, and ${code(`df -h ${volumePath}`)} shows the new size.`,
          }),
          list(
            `Never remove anything below ${code(volumePath)} by hand. A log that grows there (${code('pg_wal')}, ${code('binlog')}) waits for a standby or for the backup's storage: ${link(runbook.backup)}.`,
          ),
        ]),
  ];
}

function appIsDown(here: Here, balancers: readonly Host[]): Block[] {
  const behind = here.model.apps.filter(({ port }) => port !== undefined);
  return [
    onHosts('Which ones, and what their checks say', balancers, serversOfHaproxy, {
      expect: 'App, host, state and the last check. One that is down costs users nothing while others are up.',
    }),
    ...behind.flatMap((app) => {
      const hosts = here.model.hosts.filter(({ entity }) => entity === app);
      if (hosts.length === 0) return [];
      const unit = programUnit(app);
      return [
        onHosts(
          `A server of app.${app.name}`,
          hosts,
          `systemctl status ${unit} --no-pager\njournalctl -u ${unit} -n 50 --no-pager`,
          {
            which: { the: 'the host that the alert names' },
            expect: `${code('active (running)')}, or why not. Its checks ask for ${code(app.health.path.value)}. One that runs and is ${code('NOLB')} drains: ${code(`${drainProgram} off`)} ends that.`,
          },
        ),
        onHosts('Start it once more', hosts, `systemctl restart ${unit}`, {
          which: { the: 'the host that the alert names' },
          expect: 'It drains, restarts, and is up after some checks.',
        }),
      ];
    }),
    paragraph(
      `A host that does not answer at all: ${link('Replace a host')}. Since a release: ${link('Release and roll back an app')}.`,
    ),
  ];
}

function certificateEnds(here: Here, hosts: readonly Host[]): Block[] {
  const blocks = here.model.loadBalancers.flatMap((balancer): Block[] => {
    const own = hosts.filter(({ entity }) => entity === balancer);
    if (own.length === 0) return [];
    const { tls } = balancer;
    if (tls.mode.value === 'acme') {
      return [
        onHosts(
          `Renew that of load_balancer.${balancer.name} now`,
          own,
          'systemctl start groundplan-certificate.service\njournalctl -u groundplan-certificate.service -n 30 --no-pager',
          {
            which: 'each',
            expect: `${code('a new certificate is in use')} on the first that asks, the others take it from that one. Or what Let's Encrypt says: every name must lead to these load balancers in DNS, and port 80 must be open.`,
          },
        ),
      ];
    }
    const names = [tls.certificate?.name, tls.key?.name].filter((name) => name !== undefined);
    return [
      onOwnComputer(
        `The new certificate of load_balancer.${balancer.name}`,
        [...names.map((name) => `${setting(here, name)} <"$${name}"`), applying(here)].join('\n'),
        {
          inputs: Object.fromEntries(names.map((name) => [name, `${name.toLowerCase()}.pem`])),
          expect: 'The load balancers reload, and no connection is cut.',
        },
      ),
    ];
  });
  return [
    ...blocks,
    onHosts(
      'What users are shown',
      hosts,
      'echo | openssl s_client -connect 127.0.0.1:443 2>/dev/null | openssl x509 -noout -subject -issuer -enddate',
      { which: 'each', expect: 'A date that is weeks away.' },
    ),
  ];
}
