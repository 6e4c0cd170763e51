import type { App, Host, Model, Region } from '@groundplan/model';
import type { BundleFile, BundlePart } from '../bundle/bundle.js';
import { file } from '../bundle/file.js';
import { appsUsedBy, databasesOf, hostsOf } from '../entities.js';
import { blockOfHosts, type Opening } from '../firewall.js';
import { checkAuthority } from '../haproxy/database-checks.js';
import { serverStatePath } from '../haproxy/global.js';
import { haproxyService, stateFiles } from '../haproxy/service.js';
import { healthPort } from '../ports.js';
import { text } from '../template.js';
import { drainFile } from './drain.js';
import { environmentFile } from './environment.js';
import { haproxyCfg } from './haproxy-cfg.js';
import { mounts } from './mounts.js';
import { drainingPath, programUnit } from './paths.js';
import { program } from './program.js';
import { timer, turn } from './schedule.js';
import { type Here, resolved } from './values.js';

/** An app's host: the user's program, and a HAProxy that answers for it and leads it to databases and other apps. */
export function appHost(model: Model, app: App, region: Region, host: Host): BundlePart[] {
  const here: Here = { model, app, region };
  const { keySpan, port, schedule } = app;
  return [
    stateFiles(keySpan, state),
    {
      packages: app.packages.map(({ value }) => value),
      files: [
        file('/etc/sysctl.d/50-groundplan.conf', keySpan, kernel, {
          action: { kind: 'run', command: ['sysctl', '-q', '-p', '/etc/sysctl.d/50-groundplan.conf'] },
        }),
        environmentFile(here),
        ...(port === undefined ? [] : [drainFile(app, port.value)]),
      ],
    },
    { files: ownFiles(here), givesWay: true },
    checkAuthority(databasesOf(model, app)),
    haproxyService(keySpan, haproxyCfg(here, host), databasesOf(model, app).length === 0 ? [] : firstChecks),
    ...mounts(here),
    ...program(here, host),
    ...(schedule === undefined ? [] : [turn(here, host), timer(here, schedule)]),
  ];
}

/** Who comes in: balancers with a route here, the hosts of apps that call this one, the other hosts of a job. */
export function appOpenings(model: Model, app: App, region: Region): Opening[] {
  const balancers = model.loadBalancers.filter(({ routes }) => routes.some((route) => route.app.name === app.name));
  const callers = model.apps.filter((other) => appsUsedBy(model, other).includes(app));
  const openings: Opening[] = [];
  const { port } = app;
  if (port !== undefined) {
    const match = `tcp dport { ${[port.value, healthPort].sort((a, b) => a - b).join(', ')} }`;
    const from = (entities: readonly (App | Model['loadBalancers'][number])[]) =>
      blockOfHosts(entities.flatMap((entity) => hostsOf(model, entity, region)));
    openings.push(
      { from: from(balancers), match, why: 'requests and checks of the balancers' },
      { from: from(callers), match, why: 'requests and checks of other apps' },
    );
  }
  if (app.schedule !== undefined) {
    const from = blockOfHosts(hostsOf(model, app, region));
    openings.push({ from, match: `tcp dport ${healthPort}`, why: 'whose turn the job is' });
  }
  return openings;
}

/** The files that the user wants on the host; where the program is a container, it has them at the same path. */
function ownFiles(here: Here): BundleFile[] {
  return here.app.files.flatMap(({ path, keySpan, source, mode, owner }) => {
    if (source === undefined) return [];
    const [user = 'root', group = user] = owner.value.split(':');
    const content = source.kind === 'content' ? resolved(here, source.content) : [{ file: source.path.value }];
    return file(path, keySpan, content, {
      mode: mode.value.padStart(4, '0'),
      owner: user,
      group,
      action: { kind: 'release', unit: programUnit(here.app) },
    });
  });
}

const state = text`
# What Groundplan's daemons keep, made at every boot where it is missing. That a host drains does not outlive its boot.
d /run/groundplan 0755 root root
d /var/lib/groundplan 0755 root root
f ${drainingPath} 0644 root root
# HAProxy's note to itself, of the form 1 and empty after a boot.
f ${serverStatePath} 0600 root root - 1
`;

const firstChecks = text`

# It has checked every database once before the program, which starts after it, is let near one.
ExecStartPost=/bin/sleep 1.5
`;

const kernel = text`
# HAProxy may start before the private network is there.
net.ipv4.ip_nonlocal_bind = 1
`;
