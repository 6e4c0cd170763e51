import type { Cluster, LoadBalancer } from '@groundplan/model';
import { clustersOf } from '@groundplan/model';
import { maintenanceProgram, vrrpStatePath } from '../balancer/paths.js';
import { serverUnit } from '../galera/paths.js';
import { drainApp } from './apps.js';
import { clusterName, galera, named, patronictl } from './clusters.js';
import type { Chapter, Section } from './document.js';
import { code, link } from './markdown.js';
import { type Here, list, onHosts, paragraph, section } from './write.js';

/** Taking hosts out of service, for updates and reboots, with nobody cut off. */
export function maintenance(here: Here): Chapter {
  const { model } = here;
  const all = here.bundles.map(({ host }) => host);
  const clusters = model.databases.flatMap((database) => clustersOf(model, database));
  const apps = model.apps.filter((app) => drainApp(here, app).length > 0);
  return {
    title: 'Maintenance of a host',
    blocks: [
      paragraph(
        'Security updates are installed every night, but for what holds data or a vote; no host is rebooted by itself. One host at a time, and the next only when the one before is back.',
      ),
      onHosts('What waits for somebody', all, 'apt list --upgradable\nneedrestart -b -r l\nls /run/reboot-required', {
        which: { the: 'each host' },
        expect:
          'Packages that are to be upgraded by hand, services that still run old code, and whether a reboot is due.',
      }),
      onHosts('Upgrade what waits', all, 'apt-get update\napt-get -y upgrade', {
        which: { the: 'a host that is out of service, as below' },
        expect:
          'Files of Groundplan stay as they are. What holds data or a vote is not restarted by it, so that a reboot follows.',
      }),
      onHosts('Reboot', all, 'systemctl reboot', {
        which: { the: 'a host that is out of service, as below' },
        expect: 'The connection ends. Everything that the host does starts by itself.',
      }),
      ...model.loadBalancers.map((balancer) => ofBalancer(here, balancer)),
      ...apps.map((app) => section(`Servers of app.${app.name}`, ...drainApp(here, app))),
      ...clusters.map((cluster) => ofDatabase(cluster)),
    ],
  };
}

function ofBalancer({ model }: Here, balancer: LoadBalancer): Section {
  const hosts = model.hosts.filter(({ entity }) => entity === balancer);
  const program = named(maintenanceProgram);
  const ways: Readonly<Record<LoadBalancer['mode']['value'], string>> = {
    'active-active': 'Its addresses leave DNS within half a minute, and clients follow within the TTL.',
    'active-standby': 'The other one takes the floating addresses over within some seconds.',
    bgp: 'It withdraws the address, and routers send users elsewhere.',
  };
  return section(
    `Load balancers of load_balancer.${balancer.name}`,
    onHosts('Take it out of service', hosts, `${program} on`, {
      which: { the: 'the host' },
      expect: `${code('out of service')}. It goes on serving whoever still comes. ${ways[balancer.mode.value]}`,
    }),
    onHosts(
      'How many users are left on it',
      hosts,
      `ss -Htn state established '( sport = :80 or sport = :443 )' | wc -l`,
      {
        which: { the: 'the host' },
        expect: 'A number that falls. What is left after some minutes are clients that keep their connection.',
      },
    ),
    onHosts('Put it back', hosts, `${program} off`, {
      which: { the: 'the host' },
      expect: `${code('in service')}. It holds over a reboot: without this it stays out.`,
    }),
    ...(balancer.mode.value === 'bgp'
      ? [
          onHosts('Whether it announces the address', hosts, 'birdc show protocols', {
            which: 'each',
            expect: `${code('announced')} is ${code('up')} on each that is in service, and every peer ${code('Established')}.`,
          }),
        ]
      : []),
    ...(balancer.mode.value === 'active-standby'
      ? [
          onHosts('Which of them is in charge', hosts, `cat ${vrrpStatePath}`, {
            which: 'each',
            expect: `${code('MASTER')} on one, ${code('BACKUP')} on the others.`,
          }),
        ]
      : []),
  );
}

function ofDatabase(cluster: Cluster): Section {
  const name = clusterName(cluster);
  const { members, database } = cluster;
  if (database.engine.value === 'mariadb') {
    return section(
      `Servers of ${name}`,
      onHosts('Take it out: apps go to another member', members, `systemctl stop ${serverUnit}`, {
        which: { the: 'the host' },
        expect:
          'It ends when another member has the new connections. Then upgrade and reboot; the server starts by itself.',
      }),
      onHosts('Before the next one', members, `${galera} status`, {
        expect: `All are ${code('primary, ready')}.`,
      }),
    );
  }
  return section(
    `Servers of ${name}`,
    paragraph(
      members.length > 1
        ? `A standby can be upgraded and rebooted as it is. A primary hands over before: ${link(`Switch over ${name}`)}.`
        : 'There is no standby: while it is away apps have no database.',
    ),
    onHosts('Before the next one', members, `${patronictl} list`, {
      expect: `One ${code('Leader')}, all others follow with little lag.`,
    }),
    list('A new major version of PostgreSQL comes with another `image` and is a move to new hosts, not an upgrade.'),
  );
}
