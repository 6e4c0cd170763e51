import { formatAddress, type Model, parseRange, sizeOf } from '@groundplan/model';
import type { Zone } from '../dns/zone-file.js';

/** Who is on the internet of a rehearsal besides the hosts: addresses for documentation (RFC 5737). */
export const addresses = { dns: '192.0.2.53', user: '192.0.2.10', api: '192.0.2.80', objectStorage: '192.0.2.81' };

/** Where the API of Hetzner Cloud answers. */
export const apiName = 'api.hetzner.cloud';
const objectStorageZone = 'your-objectstorage.com';
const locations = ['fsn1', 'hel1', 'nbg1'] as const;

/** Names of Hetzner's that lead to a stand-in. */
export const standInNames: readonly string[] = [
  apiName,
  ...locations.map((location) => `${location}.${objectStorageZone}`),
];

/** The zones of those names. */
export const standInZones: readonly Zone[] = [
  zone('hetzner.cloud', [['api', addresses.api]]),
  zone(
    objectStorageZone,
    locations.map((location) => [location, addresses.objectStorage]),
  ),
];

function zone(name: string, records: readonly (readonly [name: string, address: string])[]): Zone {
  const set = (type: string, value: string) => ({ name: '@', type, ttl: null, values: [value] });
  return {
    name,
    ttl: 60,
    sets: [
      set('SOA', `ns.${name}. hostmaster.${name}. 1 86400 10800 3600000 60`),
      set('NS', `ns.${name}.`),
      { name: 'ns', type: 'A', ttl: null, values: [addresses.dns] },
      ...records.map(([each, address]) => ({ name: each, type: 'A', ttl: null, values: [address] })),
    ],
  };
}

/**
 * An address from which the topology lets operators log in: of the first range of `access.ssh_from` that has IPv4. Undefined when
 * there is none.
 */
export function operatorAddress({ access }: Pick<Model, 'access'>): string | undefined {
  for (const { value } of access?.sshFrom ?? []) {
    const range = parseRange(value.includes('/') ? value : `${value}/32`);
    if (range === undefined) continue;
    const size = sizeOf(range);
    return formatAddress(range.base + (size > 16 ? 10 : size > 2 ? 1 : 0));
  }
  return undefined;
}
