import type { App, Dns, Model } from '@groundplan/model';
import type { Within } from './effect.js';

/** Seconds that a DNS provider takes to publish a change, about: the design's budget. */
const publishing = 2;

/**
 * Seconds until a dead address has left DNS: `fall` probes, one `interval` apart, one more interval for the vote, and the
 * provider's API. With the defaults 3 × 5 + 5 + 2 = 22.
 */
export function recordSeconds({ failover: { interval, fall } }: Dns): number {
  return fall.value * interval.value + interval.value + publishing;
}

/** Seconds until no client asks a dead address any more: it has left DNS, and what clients remember of it has ended. */
export function clientSeconds(dns: Dns): number {
  return recordSeconds(dns) + (isProxied(dns) ? 0 : dns.ttl.value);
}

/**
 * Clients of a proxied name hold the proxy's addresses, which stay: only the proxy has to learn of the change.
 * https://developers.cloudflare.com/dns/proxy-status/
 */
export function isProxied({ provider, proxied }: Dns): boolean {
  return provider.value === 'cloudflare' && proxied.value;
}

/** Seconds that checkers wait before a sick database counts, which is longer than its own failover takes. */
const patience = 30;

/** How long it takes until clients have left an address that stopped answering. */
export function leavingDns(dns: Dns): Within {
  return leaving(dns, 0);
}

/**
 * The same for a region whose database is down: `noticed` seconds until `/_region/health` says so, and the checkers' patience with
 * databases, which has to pass before its first probe counts.
 */
export function leavingDnsForDatabase(dns: Dns, noticed: number): Within {
  return leaving(dns, noticed + patience);
}

function leaving(dns: Dns, before: number): Within {
  const [record, client] = [before + recordSeconds(dns), before + clientSeconds(dns)];
  const text = isProxied(dns)
    ? `≤ ${record} s, the proxy's addresses stay`
    : `records leave DNS in ≤ ${record} s, clients are off them in ≤ ${client} s`;
  return { seconds: client, text };
}

/** The word for who answers for the zone. */
export function providerName(model: Model): string {
  return model.dns?.provider.value === 'hetzner' ? 'Hetzner DNS' : 'Cloudflare';
}

/** Seconds until balancers have marked a dead app server down: `fall` checks, one `interval` apart. With the defaults 3 × 2 = 6. */
export function markedDown({ health: { interval, fall } }: App): number {
  return fall.value * interval.value;
}

/** The second balancer of a pair has the address (F2). */
export const takeover = 8;

/** Patroni has promoted a standby and apps follow (F6). */
export const promotion = 20;

/** An old primary that comes back follows the new one (F8). */
export const rejoined = 20;

/** A postmaster or a Patroni that was killed runs again (F7). */
export const databaseRestarted = 6;

/** A primary that is cut off has stepped down, and the other side takes writes (F12). */
export const cutOffPromotion = 25;

/** A balancer's HAProxy that was killed runs again (F3). */
export const proxyRestarted = 4;

/** Galera has evicted what is gone, and the majority takes writes again (F14, F16). */
export const eviction = 12;

/** The balancers' check says that no database answers (F13). */
export const databaseNoticed = 6;

/** tinc goes round a cut path (F15). */
export const relay = 5;

/** Gluster's clients have given up a dead server: its ping timeout (F28). */
export const glusterTimeout = 10;

/** A primary has given up a standby that it waits for (F9). */
export const standbyGivenUp = 15;
