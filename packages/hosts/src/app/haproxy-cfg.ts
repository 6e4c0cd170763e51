import { type App, type Database, type Host, loopbackPort } from '@groundplan/model';
import { appsUsedBy, databasesOf, hostsOf } from '../entities.js';
import { appBackends, backendName, onceName } from '../haproxy/app-backends.js';
import { databaseName, databaseServers } from '../haproxy/database-checks.js';
import { globalSection, statsFrontend } from '../haproxy/global.js';
import { word } from '../haproxy/word.js';
import { healthPort } from '../ports.js';
import { separated, text } from '../template.js';
import type { Text } from '../text.js';
import { drainingPath, drainProgram } from './paths.js';
import type { Here } from './values.js';

/** HAProxy on an app's host: it answers for the program, and leads the program to databases and other apps. */
export function haproxyCfg(here: Here, host: Host): Text {
  const { model, app, region } = here;
  const databases = databasesOf(model, app);
  const others = appsUsedBy(model, app);
  return text`
# The host's own HAProxy for app.${app.name}: users' requests do not pass here, only checks and what the program itself opens.
#   who is up    http://127.0.0.1:8404/ (ssh -L 8404:localhost:8404)
#   log          journalctl -u haproxy: what went wrong; what went well is not written down
${app.port === undefined ? '' : `#   take it out  ${drainProgram} on`}
${globalSection(10_000)}

defaults
  log global
  load-server-state-from-file global
  mode http
  option httplog
  option dontlognull
  option dontlog-normal
  option redispatch 1
  retries 3
  timeout connect 1s
  timeout check 5s
  timeout client 65s
  timeout server 60s
  timeout http-request 10s
  timeout http-keep-alive 30s
  timeout queue 5s
  timeout tunnel 1h

# Asked by balancers whether this host can take requests. While it drains it says 404: no new ones, open ones end.
frontend checks
  bind ${host.address}:${healthPort}
  acl draining str(draining) -m str -f ${drainingPath}
  # Asked by the other hosts of a job: is anybody here?
  http-request return status 503 content-type text/plain string "draining" if { path /_host/alive } draining
  http-request return status 200 content-type text/plain string "alive" if { path /_host/alive }
  ${programCheck(app)}

${program(app, host)}

${separated(databases.map((database) => toDatabase(database, hostsOf(model, database, region))))}

${separated(others.map((other) => toApp(here, other)))}

${statsFrontend}
`;
}

function programCheck({ port, health }: App): Text {
  if (port === undefined) return ['http-request return status 404\n'];
  const [path = '/'] = health.path.value.split('?');
  return text`
http-request return status 404 content-type text/plain string "draining" if draining
http-request deny deny_status 403 unless { path ${word(path)} }
default_backend program
`;
}

function program({ port }: App, host: Host): Text {
  if (port === undefined) return [];
  return text`
# Where the balancers' requests go too. A 404 of the program's own must not look like draining.
backend program
  retries 0
  http-response set-status 503 if { status 404 }
  server program ${host.address}:${port.value}
`;
}

/** The database's address as the program sees it, which never changes. */
function toDatabase(database: Database, servers: readonly Host[]): Text {
  const isGalera = database.engine.value === 'mariadb';
  return text`
# database.${database.name}: leads to the server that is to be written to, wherever that is now. When it changes, connections to the
# old one are cut, so that no program goes on talking to a server that is only a standby.
listen ${databaseName(database)}
  bind 127.0.0.1:${database.port.value}
  mode tcp
  option tcplog
  timeout client 24h
  timeout server 24h
  option clitcpka
  option srvtcpka
  srvtcpka-idle 5s
  srvtcpka-intvl 2s
  srvtcpka-cnt 3
  ${isGalera ? singleWriter : ''}
  ${databaseServers(database, servers, 'tcp-ut 10s on-marked-down shutdown-sessions')}
`;
}

/** One server for all connections, and no way back to the first when it returns: moving costs a cut. */
const singleWriter = `# One writer at a time, and the same one until it fails.
balance first
stick-table type integer size 1
stick on int(1)
`;

function toApp({ model, region }: Here, other: App): Text {
  const port = loopbackPort(other.firstName, other.slot?.value);
  return text`
# app.${other.name} as the program calls it: http://127.0.0.1:${port}
frontend to:${other.name}
  bind 127.0.0.1:${port}
  acl idempotent method GET HEAD OPTIONS
  use_backend ${onceName(other)} if !idempotent
  default_backend ${backendName(other)}

${appBackends(model, { app: other, servers: hostsOf(model, other, region), balance: 'leastconn', secure: false })}
`;
}
