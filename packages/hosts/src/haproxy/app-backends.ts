import type { App, Host, Model } from '@groundplan/model';
import { healthPort } from '../ports.js';
import { text } from '../template.js';
import type { Text } from '../text.js';
import { word } from './word.js';

export interface AppBackends {
  readonly app: App;
  /** By ordinal. */
  readonly servers: readonly Host[];
  /** How a server is picked for a request. */
  readonly balance: string;
  /** Whether users come by HTTPS, so that the program must not send the checks away to it. */
  readonly secure: boolean;
}

/** The backend for requests that may be sent a second time. */
export function backendName({ name }: App): string {
  return `app.${name}`;
}

/** The backend over the same servers for requests that must reach the program once at most. */
export function onceName(app: App): string {
  return `${backendName(app)}:once`;
}

/**
 * Two backends over the servers of an app. A POST that was sent is never sent again, while a GET finds another server: HAProxy's
 * own `retry-on` knows no methods. Requests go straight to the program's port and checks to HAProxy on its host, which says 404
 * while the host drains: no new requests, open ones end.
 */
export function appBackends(model: Model, { app, servers, balance, secure }: AppBackends): Text {
  const { interval, fall, rise, path } = app.health;
  const port = app.port?.value ?? 0;
  const once = onceName(app);
  const name = backendName(app);
  return text`
# app.${app.name}, requests that may be repeated: another server answers when one fails.
backend ${name}
  balance ${balance}
  retry-on conn-failure empty-response 503
  option http-server-close
  option httpchk
  http-check send meth GET uri ${word(path.value)} ver HTTP/1.1 hdr Host ${siteOf(model, app, servers)}${secure ? ' hdr X-Forwarded-Proto https' : ''}
  http-check disable-on-404
  ${deadPeers}
  default-server check port ${healthPort} inter ${interval.value}s fastinter 500ms fall ${fall.value} rise ${rise.value} slowstart 10s tcp-ut 4s
  ${servers.map((host) => `server ${host.name} ${host.address}:${port}\n`)}

# app.${app.name}, requests that reach a program once at most: repeated only when no connection was made.
backend ${once}
  balance ${balance}
  retry-on conn-failure
  option http-server-close
  http-reuse never
  option httpchk
  http-check disable-on-404
  ${deadPeers}
  default-server slowstart 10s tcp-ut 4s
  ${servers.map((host) => `server ${host.name} ${host.address}:${port} track ${name}/${host.name}\n`)}
`;
}

/** Open requests to a host that is gone end after some 4 s rather than at the timeout. */
const deadPeers = `option srvtcpka
srvtcpka-idle 2s
srvtcpka-intvl 1s
srvtcpka-cnt 2
`;

/** The host name that a check asks for: one that users ask for, since programs refuse names that they do not know. */
function siteOf(model: Model, app: App, servers: readonly Host[]): string {
  const sites = model.loadBalancers.flatMap(({ routes }) =>
    routes.filter((route) => route.app.name === app.name).map(({ host }) => host),
  );
  const [first] = sites.sort();
  return first ?? servers[0]?.address ?? 'localhost';
}
