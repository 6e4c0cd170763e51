import type { Cluster, Host, LoadBalancer, Model } from '@groundplan/model';
import { runbook, watchCheck } from '../alerts/index.js';
import type { BundlePart } from '../bundle/bundle.js';
import { dropIn, file, script, unitFile } from '../bundle/file.js';
import type { Role } from '../bundle/role.js';
import { appsBehind, databasesOf, hostsOf } from '../entities.js';
import { blockOfHosts, type Opening } from '../firewall.js';
import { gateProgram } from '../gate.js';
import { images } from '../images.js';
import { patroniPort } from '../ports.js';
import { appPassword, memberAuthority, memberTls } from '../secret-names.js';
import { text } from '../template.js';
import { volumePart } from '../volume/index.js';
import { createClusterConf } from './createcluster.js';
import { etcdPart } from './etcd.js';
import { gate, watch } from './gate.js';
import { library } from './library.js';
import { type EtcdMember, type Members, membersOf } from './members.js';
import * as paths from './paths.js';
import { patroniCheck } from './patroni-check.js';
import { patroniProgram } from './patroni-program.js';
import { folder, patroniDropIn, settleService } from './patroni-service.js';
import { patroniYml } from './patroni-yml.js';
import { appBlocks } from './pg-hba.js';
import { settleProgram } from './settle-program.js';

/** A member of a PostgreSQL cluster: Patroni and PostgreSQL on the volume, and a member of etcd. */
export function postgresqlHost(model: Model, cluster: Cluster, host: Host): Role | undefined {
  const members = membersOf(model, cluster);
  const own = members.etcd.find((each) => each.host === host);
  if (own === undefined) return undefined;
  return {
    openings: [...databaseOpenings(model, cluster), ...etcdOpenings(members, own)],
    parts: [
      volumePart(host, [paths.patroniUnit]),
      etcdPart(members, own),
      kernel(cluster),
      patroni(model, members, own),
    ],
  };
}

/** The extra voter of a PostgreSQL cluster with an even number of members: an etcd member on a balancer or the arbiter. */
export function postgresqlVoter(model: Model, cluster: Cluster, host: Host): Role | undefined {
  const members = membersOf(model, cluster);
  const own = members.etcd.find((each) => each.host === host);
  if (own === undefined) return undefined;
  return { openings: etcdOpenings(members, own), parts: [etcdPart(members, own)] };
}

function patroni(model: Model, members: Members, own: EtcdMember): BundlePart {
  const { host } = own;
  const { database } = members.cluster;
  const span = database.keySpan;
  const { versions } = images[model.image.value];
  const major = versions.postgresql;
  const corrected = versions.patroni === '3.0' ? [script(paths.patroniProgram, span, patroniProgram)] : [];
  const etcd = paths.etcdPaths(members);
  const reload = { kind: 'reload', unit: paths.patroniUnit } as const;
  const settle = { kind: 'restart', unit: paths.settleUnit } as const;
  const readable = { owner: 'root', group: 'postgres', mode: '0640' };
  return {
    packages: ['patroni', `postgresql-${major}`, 'python3-etcd', 'python3-psycopg2', 'python3-yaml'],
    files: [
      file('/etc/postgresql-common/createcluster.conf', span, createClusterConf, { beforePackages: true }),
      file(paths.patroniConfig, span, patroniYml(model, members, own), {
        ...readable,
        check: [paths.patroniCheck, paths.patroniConfig],
        action: reload,
      }),
      script(paths.patroniCheck, span, patroniCheck),
      ...corrected,
      file(paths.memberCertificate, span, [memberTls(host), '\n'], { ...readable, action: reload }),
      file(paths.memberAuthorityPath, span, [memberAuthority], { action: reload }),
      file(paths.appPasswordPath, span, [appPassword(database), '\n'], { ...readable, action: settle }),
      script(paths.settleProgram, span, settleProgram(members), { action: settle }),
      file(paths.libraryPath, span, library(members, own), {
        check: ['python3', '-m', 'py_compile', paths.libraryPath],
        action: settle,
      }),
      script(gateProgram, span, gate(members)),
      watchCheck('postgresql', span, watch(members, runbook)),
      unitFile(paths.settleUnit, span, settleService, { action: settle }),
      script(paths.folderProgram, span, folder),
      dropIn(paths.patroniUnit, span, [
        patroniDropIn(etcd.unit, `${paths.dataPath(major)}/postmaster.pid`, corrected[0]?.path),
      ]),
    ],
    units: [
      { name: 'postgresql.service', state: 'off' },
      { name: paths.patroniUnit, state: 'running' },
      // Ends when there is nothing left to do; nothing starts it but a change, and whoever configures the host.
      { name: paths.settleUnit, state: 'running' },
    ],
  };
}

function kernel({ database }: Cluster): BundlePart {
  const path = '/etc/sysctl.d/50-groundplan.conf';
  return {
    files: [
      file(
        path,
        database.keySpan,
        text`
# The daemons may start before the private network is there.
net.ipv4.ip_nonlocal_bind = 1

# Memory of the database stays in memory, and what it wrote goes to the volume in small portions. A container cannot set these.
-vm.swappiness = 1
-vm.dirty_background_bytes = 67108864
-vm.dirty_bytes = 536870912
`,
        { action: { kind: 'run', command: ['sysctl', '-q', '-p', path] } },
      ),
    ],
  };
}

function databaseOpenings(model: Model, cluster: Cluster): Opening[] {
  const { database, members, regions } = cluster;
  const port = database.port.value;
  const balancers = model.loadBalancers
    .filter((balancer) => isDecidedBy(model, balancer, cluster))
    .flatMap((balancer) => regions.flatMap((region) => hostsOf(model, balancer, region)));
  return [
    { from: appBlocks(model, cluster), match: portsRule(port, patroniPort), why: 'apps' },
    { from: blockOfHosts(members), match: portsRule(port, patroniPort), why: 'other members' },
    { from: blockOfHosts(balancers), match: `tcp dport ${patroniPort}`, why: 'checks of the balancers' },
  ];
}

/** Whether a balancer asks for the primary, since its region is sick without one. */
function isDecidedBy(model: Model, balancer: LoadBalancer, { database }: Cluster): boolean {
  if (database.onFailure.value !== 'region-sick') return false;
  return appsBehind(model, balancer).some((app) => databasesOf(model, app).includes(database));
}

/** Members talk to each other; Patroni, on the database servers only, to all of them. */
function etcdOpenings({ etcd }: Members, own: EtcdMember): Opening[] {
  const servers = etcd.filter(({ host }) => host.tier === 'db').map(({ host }) => host);
  const extra = etcd.filter(({ host }) => host.tier !== 'db').map(({ host }) => host);
  return [
    { from: blockOfHosts(servers), match: portsRule(own.clientPort, own.peerPort), why: 'members of etcd' },
    {
      from: own.host.tier === 'db' ? extra.map(({ address }) => address) : [],
      match: portsRule(own.clientPort, own.peerPort),
      why: 'the extra voter of etcd',
    },
  ];
}

function portsRule(...ports: readonly number[]): string {
  return `tcp dport { ${[...ports].sort((a, b) => a - b).join(', ')} }`;
}
