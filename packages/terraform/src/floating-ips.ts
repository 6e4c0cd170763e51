import { type Host, isPair, type LoadBalancer, type Region } from '@groundplan/model';
import { attribute, type Expression, expression } from './emitter/index.js';
import { labelsOfEntity } from './labels.js';
import { placeOfEntity, placeOfField } from './places.js';
import { isProtected } from './protection.js';
import type { RootModule } from './root-module.js';

const versions = ['ipv4', 'ipv6'] as const;
type Version = (typeof versions)[number];

/**
 * The addresses that an active-standby pair hands from one to the other, one of each version in each region. Terraform gives
 * them to the first balancer; from then on the balancers themselves move them, and an apply never undoes a failover.
 */
export function writeFloatingIps(module: RootModule): void {
  const { model } = module;
  for (const balancer of model.loadBalancers.filter(isPair)) {
    for (const { region } of balancer.inRegions) {
      const first = model.hosts.find((host) => isFirst(host, balancer, region));
      if (first === undefined) continue;
      for (const version of versions) {
        const name = `${model.name.value}-${region.name}-lb-${balancer.name}-${version}`;
        module.resource(
          placeOfField(placeOfEntity(balancer), 'mode', balancer.mode),
          'hcloud_floating_ip',
          nameOf(balancer, region, version),
          {
            name,
            type: version,
            homeLocation: region.location.value,
            serverId: attribute('hcloud_server', first.key, 'id'),
            description: `Held by one of the balancers ${balancer.name} in ${region.name}`,
            labels: labelsOfEntity(model, region, 'lb', balancer),
            deleteProtection: isProtected(name),
          },
          {
            ignoreChanges: ['home_location', 'server_id'],
            // One after the other: a server is locked while it is given an address.
            ...(version === 'ipv6' && { dependsOn: [`hcloud_floating_ip.${nameOf(balancer, region, 'ipv4')}`] }),
          },
        );
      }
    }
  }
}

/** The address of a pair; of the IPv6 /64 the balancers have the first one. */
export function floatingAddress(balancer: LoadBalancer, region: Region, version: Version): Expression {
  const name = nameOf(balancer, region, version);
  return version === 'ipv4'
    ? attribute('hcloud_floating_ip', name, 'ip_address')
    : expression(`cidrhost(${attribute('hcloud_floating_ip', name, 'ip_network').text}, 1)`);
}

/** The number of the floating IP. */
export function floatingId(balancer: LoadBalancer, region: Region, version: Version): Expression {
  return attribute('hcloud_floating_ip', nameOf(balancer, region, version), 'id');
}

function isFirst(host: Host, balancer: LoadBalancer, region: Region): boolean {
  return host.entity === balancer && host.region === region && host.ordinal === 1;
}

function nameOf(balancer: LoadBalancer, region: Region, version: Version): string {
  return `${region.firstName}_lb_${balancer.firstName}_${version}`;
}
