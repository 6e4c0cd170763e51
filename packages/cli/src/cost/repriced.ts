import type { Model } from '@groundplan/model';

/**
 * The servers that keep their place but change their type, one line each. Since 2026-06-15 a server keeps the price at which it
 * was ordered; a rescale moves it to today's price, which is the one of the catalogue.
 */
export function repricedServers(before: Model, after: Model): string[] {
  const old = new Map(before.hosts.map((host) => [host.key, host]));
  return after.hosts.flatMap((host) => {
    const was = old.get(host.key);
    if (was === undefined || was.type.value === host.type.value) return [];
    return [`${host.name}: ${was.type.value} → ${host.type.value} moves it to today's price`];
  });
}
