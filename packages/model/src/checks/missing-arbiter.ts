import type { SyntaxTree } from '@groundplan/syntax';
import type { Model } from '../model.js';
import { isLeftOut } from './left-out.js';

/**
 * What misses an arbiter most. All of it is one mistake with one remedy, so that it is reported once: a database that stops first
 * (database/no-arbiter), then DNS that freezes (dns/even-checkers), then a tunnel without a way round (tunnel/two-members).
 */
export function missesArbiter(model: Model, tree: SyntaxTree): 'database' | 'dns' | 'tunnel' | undefined {
  const { arbiter, dns, databases, loadBalancers, regions, tunnel } = model;
  if (arbiter !== undefined || regions.length < 2 || !isLeftOut(tree, [], 'arbiter')) return undefined;
  const even = regions.length % 2 === 0;
  if (even && databases.some((database) => database.betweenRegions?.value === 'galera')) return 'database';
  const checked = dns !== undefined && dns.provider.value !== 'none' && dns.failover.by.value === 'checkers';
  if (even && checked && loadBalancers.length > 0) return 'dns';
  return tunnel !== undefined && sitesOfTunnel(model).length === 2 ? 'tunnel' : undefined;
}

/** The regions with members of the tunnel: the hosts that keep data. */
export function sitesOfTunnel({ hosts, regions }: Model): string[] {
  const stateful = new Set(hosts.filter((host) => host.stateful).map(({ region }) => region));
  return regions.filter((region) => stateful.has(region)).map(({ name }) => name);
}
