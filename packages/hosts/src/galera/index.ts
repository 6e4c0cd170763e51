import type { Cluster, Host, Model } from '@groundplan/model';
import type { BundlePart } from '../bundle/bundle.js';
import { dropIn, file, script, unitFile } from '../bundle/file.js';
import type { Role } from '../bundle/role.js';
import { gateProgram } from '../gate.js';
import { galeraCheckPort, galeraMemberPort } from '../ports.js';
import { appPassword, memberAuthority, memberTls } from '../secret-names.js';
import { sqlName } from '../sql-name.js';
import { text } from '../template.js';
import type { Text } from '../text.js';
import { volumePart } from '../volume/index.js';
import { check } from './check.js';
import { decision } from './decision.js';
import { member } from './member.js';
import { memberList } from './member-list.js';
import { memberOpenings } from './openings.js';
import {
  appPasswordPath,
  authorityPath,
  checkProgram,
  checkUser,
  libraryPath,
  memberPairPath,
  memberProgram,
  operatorProgram,
  serverUnit,
  settingsPath,
  usersProgram,
} from './paths.js';
import { serverCnf } from './server-cnf.js';
import { serverLibrary } from './server-library.js';
import { checkService, serverDropIn, usersService, usersTimer } from './units.js';
import { users } from './users.js';

export { galeraVoter } from './voter.js';

/** A member of a Galera cluster: the server, what starts it, what answers checks, and the apps' user. */
export function galeraHost(model: Model, cluster: Cluster, host: Host): Role {
  return {
    openings: memberOpenings(model, cluster, host),
    parts: [
      volumePart(host, [serverUnit]),
      certificates(cluster, host),
      server(model, cluster, host),
      checks(cluster, host),
      appUser(cluster),
    ],
  };
}

function certificates({ database: { keySpan } }: Cluster, host: Host): BundlePart {
  const action = { kind: 'run', command: [memberProgram, 'new-certificates'] } as const;
  return {
    files: [
      file(memberPairPath, keySpan, [memberTls(host)], { mode: '0640', group: 'mysql', action }),
      file(authorityPath, keySpan, [memberAuthority], { action }),
    ],
  };
}

/** Only what the server itself reads restarts it: another member, or a new program around it, counts from the next start on. */
function server(model: Model, cluster: Cluster, host: Host): BundlePart {
  const { keySpan } = cluster.database;
  const path = '/etc/mysql/mariadb.conf.d/90-groundplan.cnf';
  const python = (name: string, content: Text) =>
    file(`${libraryPath}/${name}`, keySpan, content, {
      check: ['python3', '-m', 'py_compile', `${libraryPath}/${name}`],
    });
  return {
    packages: ['galera-4', 'mariadb-backup', 'mariadb-server', 'openssl', 'python3', 'socat'],
    files: [
      file(path, keySpan, serverCnf(model, cluster, host), {
        check: ['mariadbd', `--defaults-file=${path}`, '--verbose', '--help'],
        action: { kind: 'restart', unit: serverUnit },
      }),
      file(settingsPath, keySpan, settings(cluster, host), {
        check: ['python3', '-m', 'json.tool', settingsPath, '/dev/null'],
      }),
      python('decision.py', decision),
      python('server.py', serverLibrary),
      script(memberProgram, keySpan, member),
      script(operatorProgram, keySpan, operatorCommand),
      script(gateProgram, keySpan, gate),
      dropIn(serverUnit, keySpan, serverDropIn),
    ],
    units: [{ name: serverUnit, state: 'running' }],
  };
}

/** Without a voter that is a balancer: these are configured after what waits at the gate. */
function votesAtGate({ members, voter }: Cluster): number {
  return members.length + (voter?.tier === 'arbiter' ? 1 : 0);
}

function settings(cluster: Cluster, host: Host): Text {
  const { database, members } = cluster;
  const others = members.filter(({ key }) => key !== host.key);
  return text`
{
  "key": "${host.key}",
  "address": "${host.address}",
  "port": ${galeraMemberPort},
  "buffer_pool_percent": 60,
  "user": "${sqlName(database)}",
  "votes": ${votesAtGate(cluster)},
  "others": [
    ${memberList(others)}
  ]
}
`;
}

function checks({ database: { keySpan } }: Cluster, host: Host): BundlePart {
  const unit = 'groundplan-galera-check.service';
  const action = { kind: 'restart', unit } as const;
  const usersPath = '/etc/sysusers.d/groundplan-galera.conf';
  return {
    packages: ['python3'],
    files: [
      file(usersPath, keySpan, [`u ${checkUser} - "Whether MariaDB may be written to"\n`], {
        action: { kind: 'run', command: ['systemd-sysusers', usersPath] },
      }),
      script(checkProgram, keySpan, check(host.address, galeraCheckPort), { action }),
      unitFile(unit, keySpan, checkService, { action }),
    ],
    units: [{ name: unit, state: 'running' }],
  };
}

function appUser({ database }: Cluster): BundlePart {
  const { keySpan } = database;
  const unit = 'groundplan-galera-users.service';
  const action = { kind: 'restart', unit } as const;
  return {
    packages: ['python3'],
    files: [
      file(appPasswordPath, keySpan, [appPassword(database), '\n'], { mode: '0600', action }),
      script(usersProgram, keySpan, users(sqlName(database)), { action }),
      unitFile(unit, keySpan, usersService, { action }),
      unitFile('groundplan-galera-users.timer', keySpan, usersTimer, {
        action: { kind: 'restart', unit: 'groundplan-galera-users.timer' },
      }),
    ],
    units: [
      { name: unit, state: 'running' },
      { name: 'groundplan-galera-users.timer', state: 'running' },
    ],
  };
}

const gate = text`
#!/bin/sh
# Ends once all members serve: an apply is not over before.
exec ${memberProgram} gate
`;

const operatorCommand = text`
#!/bin/sh
# How the members of the Galera cluster stand: groundplan-galera status
# When members are lost for good and the others wait for them: groundplan-galera bootstrap, on the host with the newest data
exec ${memberProgram} "\${1:-status}"
`;
