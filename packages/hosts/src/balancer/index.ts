import type { Database, Host, LoadBalancer, Model, Region } from '@groundplan/model';
import type { BundlePart } from '../bundle/bundle.js';
import { file, script } from '../bundle/file.js';
import { appsBehind, databasesOf, hostsOf } from '../entities.js';
import { blockOfHosts, type Opening } from '../firewall.js';
import { checkAuthority } from '../haproxy/database-checks.js';
import { serverStatePath } from '../haproxy/global.js';
import { haproxyService, stateFiles } from '../haproxy/service.js';
import { text } from '../template.js';
import { ownAddresses } from './addresses.js';
import { bgp } from './bird-conf.js';
import { certificate } from './certificate.js';
import { floatingAddress, floatingIp } from './floating-ip.js';
import { haproxyCfg } from './haproxy-cfg.js';
import { keepalivedConf, vrrpState } from './keepalived-conf.js';
import { maintenance } from './maintenance.js';
import { maintenancePath, routesPath } from './paths.js';
import { routesMap } from './routes-map.js';

/** A balancer: HAProxy towards users, and what makes its address lead to it. */
export function balancerHost(model: Model, balancer: LoadBalancer, region: Region, host: Host): BundlePart[] {
  const { keySpan } = balancer;
  return [
    stateFiles(keySpan, state),
    {
      files: [
        file(routesPath, keySpan, routesMap(model, balancer), { action: { kind: 'reload', unit: 'haproxy.service' } }),
        file('/etc/sysctl.d/50-groundplan.conf', keySpan, kernel, {
          action: { kind: 'run', command: ['sysctl', '-q', '-p', '/etc/sysctl.d/50-groundplan.conf'] },
        }),
      ],
    },
    checkAuthority(decisiveDatabases(model, balancer)),
    certificate(model, balancer, host),
    haproxyService(keySpan, haproxyCfg(model, balancer, region)),
    maintenance(balancer),
    ...way(model, balancer, region, host),
  ];
}

/** What comes in from the network. */
export function balancerOpenings(model: Model, balancer: LoadBalancer, region: Region): Opening[] {
  const ports = balancer.tls.mode.value === 'none' ? '80' : '80, 443';
  const users: Opening = { from: 'anyone', match: `tcp dport { ${ports} }`, why: 'users' };
  switch (balancer.mode.value) {
    case 'active-active':
      return [users];
    case 'active-standby': {
      const from = blockOfHosts(hostsOf(model, balancer, region));
      return [users, { from, match: 'ip protocol vrrp', why: 'VRRP of the other balancers' }];
    }
    case 'bgp': {
      const peers = balancer.bgp?.peers.map(({ address }) => address.value) ?? [];
      return [users, { from: [...new Set(peers)].sort(), match: 'tcp dport 179', why: 'BGP of the routers' }];
    }
  }
}

/** How users' packets find this balancer: by DNS alone, by an address that is handed on, or by BGP. */
function way(model: Model, balancer: LoadBalancer, region: Region, host: Host): BundlePart[] {
  switch (balancer.mode.value) {
    case 'active-active':
      return [];
    case 'active-standby':
      return pair(model, balancer, region, host);
    case 'bgp':
      return balancer.bgp === undefined ? [] : bgp(balancer, host, balancer.bgp);
  }
}

function pair(model: Model, balancer: LoadBalancer, region: Region, host: Host): BundlePart[] {
  const all = hostsOf(model, balancer, region);
  const { span } = balancer.mode.origin;
  const path = '/etc/keepalived/keepalived.conf';
  return [
    ownAddresses(span, [
      [floatingAddress(balancer, region, 'ipv4'), '/32'],
      [floatingAddress(balancer, region, 'ipv6'), '/128'],
    ]),
    {
      packages: ['curl', 'keepalived'],
      files: [
        file(path, span, keepalivedConf(balancer, host, all), {
          check: ['keepalived', '-t', '-f', path],
          action: { kind: 'reload', unit: 'keepalived.service' },
        }),
        script('/usr/local/lib/groundplan/vrrp-state', span, vrrpState),
      ],
      units: [{ name: 'keepalived.service', state: 'running' }],
    },
    floatingIp(balancer, region, host, all),
  ];
}

/** What makes a region sick. */
function decisiveDatabases(model: Model, balancer: LoadBalancer): Database[] {
  return appsBehind(model, balancer)
    .flatMap((app) => databasesOf(model, app))
    .filter(({ onFailure }) => onFailure.value === 'region-sick');
}

const state = text`
# What Groundplan's daemons keep, made at every boot where it is missing.
d /run/groundplan 0755 root root
d /var/lib/groundplan 0755 root root
d /var/lib/groundplan/tls 0755 root root
f ${maintenancePath} 0644 root root
# HAProxy's note to itself, of the form 1 and empty after a boot.
f ${serverStatePath} 0600 root root - 1
`;

const kernel = text`
# A balancer opens a connection for nearly every request: more ports for them, and soon again.
net.ipv4.ip_local_port_range = 10240 65535
net.ipv4.tcp_tw_reuse = 1
`;
