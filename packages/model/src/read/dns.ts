import { entryOf, type Mapping } from '@groundplan/syntax';
import type { Dns, LoadBalancer } from '../model.js';
import type { Reading } from './reading.js';
import {
  boolean,
  child,
  duration,
  integer,
  oneOf,
  optional,
  scopeOf,
  text,
  withDefault,
  withFallback,
} from './scope.js';

export function readDns(
  reading: Reading,
  root: Mapping | undefined,
  balancers: readonly LoadBalancer[],
): Dns | undefined {
  const entry = entryOf(root, 'dns');
  if (entry === undefined) return undefined;
  const scope = scopeOf(reading, entry, 'dns', 'dns');
  const failover = child(scope, 'failover');
  const provider = withFallback(
    scope,
    'provider',
    oneOf('cloudflare', 'hetzner', 'none'),
    'none',
    'no provider is written',
  );
  const checked = provider.value !== 'none' && publishedAddresses(balancers) > 1;
  return {
    keySpan: entry.keySpan,
    provider,
    zone: withFallback(scope, 'zone', text, '', 'no zone is written'),
    zoneId: optional(scope, 'zone_id', text),
    create: withDefault(scope, 'create', boolean),
    ttl: withDefault(scope, 'ttl', integer),
    proxied: withDefault(scope, 'proxied', boolean),
    failover: {
      by: withFallback(
        failover,
        'by',
        oneOf('checkers', 'none'),
        checked ? 'checkers' : 'none',
        checked ? 'several addresses' : provider.value === 'none' ? 'no DNS provider' : 'a single address',
      ),
      interval: withDefault(failover, 'interval', duration),
      fall: withDefault(failover, 'fall', integer),
      rise: withDefault(failover, 'rise', integer),
      keepAtLeast: withDefault(failover, 'keep_at_least', integer),
    },
  };
}

/** The most addresses that one host name can have: every active balancer's, or one of each pair or announced address. */
export function publishedAddresses(balancers: readonly LoadBalancer[]): number {
  const counts = balancers.map(({ mode, inRegions }) =>
    mode.value === 'active-active'
      ? inRegions.reduce((sum, { count }) => sum + count.value, 0)
      : mode.value === 'active-standby'
        ? inRegions.length
        : 1,
  );
  return Math.max(0, ...counts);
}
