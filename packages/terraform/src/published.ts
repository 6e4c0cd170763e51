import {
  type Dns,
  type Host,
  isPair,
  type LoadBalancer,
  type Model,
  type Region,
  regionsServing,
} from '@groundplan/model';
import type { Expression } from './emitter/index.js';
import { floatingAddress } from './floating-ips.js';
import { publicIpv4, publicIpv6 } from './primary-ips.js';

/** One address under which a balancer answers. */
export interface PublishedAddress {
  /** What has the address, as a part of a Terraform name. */
  readonly key: string;
  readonly type: 'A' | 'AAAA';
  readonly address: string | Expression;
}

/** The routes to one host name, which belong to one balancer. */
export interface PublishedHost {
  readonly host: string;
  readonly balancer: LoadBalancer;
  /** The first route of the host. */
  readonly route: LoadBalancer['routes'][number];
  readonly addresses: readonly PublishedAddress[];
}

/** Every host name of the routes with the addresses that belong under it, sorted by name. */
export function publishedHosts(model: Model): PublishedHost[] {
  const hosts = new Map<string, PublishedHost>();
  for (const balancer of model.loadBalancers) {
    for (const route of balancer.routes) {
      if (hosts.has(route.host)) continue;
      hosts.set(route.host, { host: route.host, balancer, route, addresses: addressesOf(model, balancer, route.host) });
    }
  }
  return [...hosts.values()].sort((a, b) => (a.host < b.host ? -1 : 1));
}

function addressesOf(model: Model, balancer: LoadBalancer, host: string): PublishedAddress[] {
  if (balancer.mode.value === 'bgp') {
    const [address = ''] = (balancer.bgp?.address.value ?? '').split('/');
    return address === '' ? [] : [{ key: balancer.firstName, type: 'A', address }];
  }
  return regionsServing(model, balancer, host).flatMap((region) =>
    isPair(balancer)
      ? bothVersions(
          `${region.firstName}_lb_${balancer.firstName}`,
          floatingAddress(balancer, region, 'ipv4'),
          floatingAddress(balancer, region, 'ipv6'),
        )
      : hostsOf(model, balancer, region).flatMap((member) =>
          bothVersions(member.key, publicIpv4(member), publicIpv6(member)),
        ),
  );
}

function bothVersions(key: string, ipv4: Expression, ipv6: Expression): PublishedAddress[] {
  return [
    { key, type: 'A', address: ipv4 },
    { key, type: 'AAAA', address: ipv6 },
  ];
}

/** The hosts of a balancer in a region, by ordinal. */
export function hostsOf(model: Model, balancer: LoadBalancer, region: Region): Host[] {
  return model.hosts
    .filter((host) => host.entity === balancer && host.region === region)
    .sort((a, b) => a.ordinal - b.ordinal);
}

/** Whether the checkers on the hosts write the records, so that Terraform must not. */
export function checkersOwnRecords(dns: Dns): boolean {
  return dns.failover.by.value === 'checkers';
}

/** The Terraform name of a host's records: `a_shop_example_com`. Host names have no `_`, so no two share one. */
export function recordName(type: PublishedAddress['type'], host: string): string {
  return `${type.toLowerCase()}_${host.replaceAll('.', '_')}`;
}
