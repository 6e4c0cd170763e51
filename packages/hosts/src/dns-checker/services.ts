import { type Host, isPair, type LoadBalancer, type Model, type Region, regionsServing } from '@groundplan/model';
import { floatingAddress } from '../balancer/floating-ip.js';
import { hostsOf } from '../entities.js';
import type { Text } from '../text.js';

/** Host names that are well or sick together, and where they are served. */
export interface CheckedService {
  /** Sorted. */
  readonly names: readonly string[];
  readonly secure: boolean;
  readonly targets: readonly CheckedTarget[];
}

/** What has a public address: a balancer, a pair of them, or an address that several announce. */
export interface CheckedTarget {
  readonly name: string;
  readonly a: Text;
  /** Undefined for an address that is announced by BGP, which is IPv4. */
  readonly aaaa: Text | undefined;
}

/**
 * Every host name of the routes, with others to which the same apps of the same balancers answer: those have the same health, so that
 * one of them is asked for all. Sorted by their first name.
 */
export function checkedServices(model: Model): CheckedService[] {
  const taken = new Set<string>();
  const groups = new Map<string, { balancer: LoadBalancer; names: string[] }>();
  for (const balancer of model.loadBalancers) {
    for (const { host } of balancer.routes) {
      if (taken.has(host)) continue;
      taken.add(host);
      const apps = new Set(balancer.routes.filter((route) => route.host === host).map(({ app }) => app.name));
      const key = [balancer.name, ...[...apps].sort()].join(' ');
      const group = groups.get(key);
      if (group === undefined) groups.set(key, { balancer, names: [host] });
      else group.names.push(host);
    }
  }
  return [...groups.values()]
    .map(({ balancer, names }) => serviceOf(model, balancer, names.sort()))
    .sort((a, b) => ((a.names[0] ?? '') < (b.names[0] ?? '') ? -1 : 1));
}

function serviceOf(model: Model, balancer: LoadBalancer, names: readonly string[]): CheckedService {
  return { names, secure: balancer.tls.mode.value !== 'none', targets: targetsOf(model, balancer, names[0] ?? '') };
}

function targetsOf(model: Model, balancer: LoadBalancer, name: string): CheckedTarget[] {
  if (balancer.mode.value === 'bgp') {
    const [address = ''] = (balancer.bgp?.address.value ?? '').split('/');
    return address === '' ? [] : [{ name: balancer.name, a: [address], aaaa: undefined }];
  }
  return regionsServing(model, balancer, name).flatMap((region) =>
    isPair(balancer) ? [ofPair(balancer, region)] : hostsOf(model, balancer, region).map(ofHost),
  );
}

function ofPair(balancer: LoadBalancer, region: Region): CheckedTarget {
  return {
    name: `${balancer.name} in ${region.name}`,
    a: [floatingAddress(balancer, region, 'ipv4')],
    aaaa: [floatingAddress(balancer, region, 'ipv6')],
  };
}

function ofHost(host: Host): CheckedTarget {
  return {
    name: host.name,
    a: [{ publicAddress: host, version: 'ipv4' }],
    aaaa: [{ publicAddress: host, version: 'ipv6' }],
  };
}
