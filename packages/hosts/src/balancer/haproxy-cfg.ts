import type { App, LoadBalancer, Model, Region } from '@groundplan/model';
import { appsBehind, databasesOf, hostsOf } from '../entities.js';
import { appBackends, backendName } from '../haproxy/app-backends.js';
import { databaseName, databaseServers } from '../haproxy/database-checks.js';
import { globalSection, statsFrontend } from '../haproxy/global.js';
import { acmeThumbprint } from '../secret-names.js';
import { separated, text } from '../template.js';
import type { Text } from '../text.js';
import { certificatePath, maintenancePath, routesPath } from './paths.js';

/** The whole of HAProxy's configuration on a balancer: users come in here and leave for the apps of the same region. */
export function haproxyCfg(model: Model, balancer: LoadBalancer, region: Region): Text {
  const apps = appsBehind(model, balancer);
  const isSecure = balancer.tls.mode.value !== 'none';
  return text`
# load_balancers.${balancer.name} in ${region.name}: users come in here and go to the apps of this region.
#   who is up      http://127.0.0.1:8404/ (ssh -L 8404:localhost:8404), or: echo "show stat" | socat - /run/haproxy/admin.sock
#   log            journalctl -u haproxy
#   out of service groundplan-maintenance on
${globalSection(20_000)}
${isSecure ? tlsDefaults : ''}

defaults
  log global
  load-server-state-from-file global
  mode http
  option httplog
  option dontlognull
  option redispatch 1
  option idle-close-on-response
  retries 3
  timeout connect 1s
  timeout check 5s
  timeout client 65s
  timeout server 60s
  timeout http-request 10s
  timeout http-keep-alive 30s
  timeout queue 5s
  # WebSockets, once they are open.
  timeout tunnel 1h

frontend web
  bind :::80 v4v6
  ${isSecure ? `bind :::443 v4v6 ssl crt ${certificatePath} alpn h2,http/1.1` : ''}

  # Does HAProxy serve on this host? Asked by the balancers among themselves and by what moves their address.
  acl maintenance str(on) -m str -f ${maintenancePath}
  monitor-uri /_lb/alive
  monitor fail if maintenance

  # The app for this host name and path.
  http-request capture req.hdr(Host) len 64
  http-request set-var(txn.site) req.hdr(host),field(1,:),lower
  http-request set-var(txn.path) path
  http-request set-var(txn.app) var(txn.site),concat(,txn.path,/),map_beg(${routesPath})

  ${regionHealth(model, balancer, apps)}

  ${balancer.tls.mode.value === 'acme' ? acmeAnswers() : ''}
  ${isSecure ? 'http-request redirect scheme https code 308 unless { ssl_fc }' : ''}
  http-request return status 404 content-type text/plain string "no app for this host name and path" unless { var(txn.app) -m found }

  ${clientAddress(model, isSecure)}

  # What is not read-only reaches a program once at most.
  acl idempotent method GET HEAD OPTIONS
  use_backend %[var(txn.app)]:once if !idempotent
  use_backend %[var(txn.app)]

${statsFrontend}

${separated(apps.map((app) => appBackends(model, { app, servers: hostsOf(model, app, region), balance: balancer.balance.value, secure: isSecure })))}

${separated(
  databasesBehind(model, apps).map(
    (database) => text`
# Looked at for the region's health only; nothing goes there from here.
backend ${databaseName(database)}
  ${databaseServers(database, hostsOf(model, database, region))}
`,
  ),
)}
`;
}

const tlsDefaults = `  ssl-default-bind-options ssl-min-ver TLSv1.2 no-tls-tickets
  ssl-default-bind-ciphers ECDHE+AESGCM:ECDHE+CHACHA20
  ssl-default-bind-ciphersuites TLS_AES_128_GCM_SHA256:TLS_AES_256_GCM_SHA384:TLS_CHACHA20_POLY1305_SHA256
`;

/** Databases without which the region counts as sick. */
function databasesBehind(model: Model, apps: readonly App[]) {
  const needed = new Set(apps.flatMap((app) => databasesOf(model, app)));
  return model.databases.filter((database) => needed.has(database) && database.onFailure.value === 'region-sick');
}

/** How many names stand in a line: HAProxy takes 64 words. */
const namesInLine = 20;

function regionHealth(model: Model, balancer: LoadBalancer, apps: readonly App[]): Text {
  const sitesOf = (wanted: readonly App[]) => {
    const names = new Set(wanted.map(({ name }) => name));
    const sites = balancer.routes.filter(({ app }) => names.has(app.name)).map(({ host }) => host);
    return [...new Set(sites)].sort();
  };
  const needs = [
    ...apps.map((app) => ({ name: backendName(app), sites: sitesOf([app]), says: 'no server is healthy' })),
    ...databasesBehind(model, apps).map((database) => ({
      name: databaseName(database),
      sites: sitesOf(apps.filter((app) => databasesOf(model, app).includes(database))),
      says: 'there is no primary',
    })),
  ];
  return text`
# Can this region serve a host name: its apps, and the databases that they need? Asked by the checkers that publish DNS.
acl region_health path /_region/health
http-request return status 503 content-type text/plain string "balancer: in maintenance" if region_health maintenance
${needs.map(
  ({
    name,
    sites,
    says,
  }) => `${inLines(`acl needs:${name} var(txn.site) -m str`, sites)}http-request return status 503 content-type text/plain string "${name}: ${says}" if region_health needs:${name} { nbsrv(${name}) lt 1 }
`,
)}
${healthy(sitesOf(apps))}
`;
}

function healthy(sites: readonly string[]): string {
  if (sites.length === 0) return '';
  return `${inLines('acl served var(txn.site) -m str', sites)}http-request return status 200 content-type text/plain string "healthy" if region_health served
`;
}

function inLines(beginning: string, names: readonly string[]): string {
  const lines = Array.from({ length: Math.ceil(names.length / namesInLine) }, (_, index) =>
    [beginning, ...names.slice(index * namesInLine, (index + 1) * namesInLine)].join(' '),
  );
  return lines.map((line) => `${line}\n`).join('');
}

/**
 * A challenge is answered by any balancer without asking anybody: the answer is the token and the thumbprint of the account's key
 * (RFC 8555, 8.3). The certificate is public: balancers take it from each other.
 */
function acmeAnswers(): Text {
  return text`
# Let's Encrypt asks any balancer, and any can answer; the certificate goes from one to the others (groundplan-certificate).
http-request return status 200 content-type text/plain lf-string "%[path,field(4,/)].${acmeThumbprint}" if { path_reg ^/[.]well-known/acme-challenge/[A-Za-z0-9_-]+$ }
http-request return status 200 content-type application/x-pem-file file ${certificatePath} if { path /_lb/certificate }
`;
}

/** Behind Cloudflare's proxy, what it sends says who the client is and how it came; elsewhere anybody could claim anything. */
function clientAddress(model: Model, isSecure: boolean): string {
  const scheme = `http-request set-header X-Forwarded-Proto ${isSecure ? 'https' : 'http'}`;
  if (model.dns?.proxied.value !== true) return `http-request set-header X-Forwarded-For %[src]\n${scheme}\n`;
  return `# Cloudflare's proxy says who the client is; its own address is put behind.
option forwardfor
${isSecure ? scheme : `${scheme} unless { req.hdr(X-Forwarded-Proto) -m found }`}
`;
}
