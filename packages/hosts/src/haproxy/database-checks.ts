import type { Database, Host } from '@groundplan/model';
import type { BundlePart } from '../bundle/bundle.js';
import { file } from '../bundle/file.js';
import { galeraCheckPort, patroniPort } from '../ports.js';
import { memberAuthority } from '../secret-names.js';
import { text } from '../template.js';
import type { Text } from '../text.js';

const authorityPath = '/etc/groundplan/member-authority.pem';

export function databaseName({ name }: Database): string {
  return `database.${name}`;
}

/**
 * How HAProxy knows which server of a database is to be written to: of PostgreSQL it is the one whose Patroni says that it is the
 * primary; of Galera any that is ready, of which everybody takes the first.
 *
 * @param more settings of each server, for connections that really go there
 */
export function databaseServers({ engine, port }: Database, servers: readonly Host[], more = ''): Text {
  const also = more === '' ? '' : ` ${more}`;
  const lines = servers.map((host) => `server ${host.name} ${host.address}:${port.value}\n`);
  if (engine.value === 'postgresql') {
    return text`
option httpchk
http-check send meth OPTIONS uri /primary ver HTTP/1.1 hdr Host patroni
http-check expect status 200
default-server check port ${patroniPort} check-ssl verify required ca-file ${authorityPath} inter 1s fastinter 500ms fall 2 rise 1${also}
${lines}
`;
  }
  return text`
option httpchk
http-check send meth GET uri / ver HTTP/1.1 hdr Host galera
http-check expect status 200
default-server check port ${galeraCheckPort} inter 1s fastinter 500ms fall 3 rise 2${also}
${lines}
`;
}

/** Whom the checks of databases believe: nobody, where none of them is asked over TLS. */
export function checkAuthority(databases: readonly Database[]): BundlePart {
  const asked = databases.find(({ engine }) => engine.value === 'postgresql');
  if (asked === undefined) return {};
  const action = { kind: 'reload', unit: 'haproxy.service' } as const;
  return { files: [file(authorityPath, asked.keySpan, [memberAuthority], { action })] };
}
