import type { Host } from '@groundplan/model';
import { attribute, type Expression, expression } from './emitter/index.js';
import { labelsOfHost } from './labels.js';
import { placeOfHost } from './places.js';
import type { RootModule } from './root-module.js';

const versions = ['ipv4', 'ipv6'] as const;
type Version = (typeof versions)[number];

/**
 * Addresses that survive the replacement of their server. Balancers stand in DNS and in other people's allow lists; databases,
 * storage and the arbiter are known to their peers by their public address as soon as something crosses regions, and since an
 * address cannot be given to a running server, they have their own from the first day. App servers are known to nobody.
 */
export function writePrimaryIps(module: RootModule): void {
  for (const host of module.model.hosts.filter(keepsAddress)) {
    for (const version of versions) {
      module.resource(
        placeOfHost(host),
        'hcloud_primary_ip',
        nameOf(host, version),
        {
          name: `${host.name}-${version}`,
          type: version,
          location: host.location,
          autoDelete: false,
          labels: labelsOfHost(module.model, host),
        },
        { ignoreChanges: ['location'] },
      );
    }
  }
}

export function keepsAddress(host: Host): boolean {
  return host.tier !== 'app';
}

/** The number of the primary IP, for the server that it belongs to. */
export function primaryIpId(host: Host, version: Version): Expression {
  return attribute('hcloud_primary_ip', nameOf(host, version), 'id');
}

/** The public IPv4 address of a host. */
export function publicIpv4(host: Host): Expression {
  return keepsAddress(host)
    ? attribute('hcloud_primary_ip', nameOf(host, 'ipv4'), 'ip_address')
    : attribute('hcloud_server', host.key, 'ipv4_address');
}

/** The public IPv6 address of a host: Hetzner gives a /64, of which the server has the first address. */
export function publicIpv6(host: Host): Expression {
  return keepsAddress(host)
    ? expression(`cidrhost(${attribute('hcloud_primary_ip', nameOf(host, 'ipv6'), 'ip_network').text}, 1)`)
    : attribute('hcloud_server', host.key, 'ipv6_address');
}

function nameOf(host: Host, version: Version): string {
  return `${host.key}_${version}`;
}
