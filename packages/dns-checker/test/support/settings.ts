import type { Settings, TargetSettings, VoterSettings } from '../../src/settings.js';

/** A region of two balancers, and a database host that observes. */
export function regionOf(changes: Partial<Settings> = {}): Settings {
  return {
    topology: 'shop',
    self: 'edge-1',
    interval: 5,
    fall: 3,
    rise: 6,
    keep_at_least: 1,
    listen: { address: '::', port: 7053 },
    voters: [voter('edge-1'), voter('edge-2'), voter('main-1', { publishes: false })],
    services: [service(['shop.example.com'], [balancer(1), balancer(2)])],
    dns: { provider: 'hetzner', api: 'https://api.hetzner.cloud/v1', zone: 'example.com' },
    ...changes,
  };
}

/** Two regions of two balancers each, and an arbiter. */
export function regionsOf(changes: Partial<Settings> = {}): Settings {
  return regionOf({
    voters: [
      voter('edge-1', { site: 'fsn1' }),
      voter('edge-2', { site: 'fsn1' }),
      voter('edge-3', { site: 'hel1' }),
      voter('edge-4', { site: 'hel1' }),
      voter('arbiter', { site: 'arbiter', breaks_ties: true }),
    ],
    services: [service(['shop.example.com'], [1, 2, 3, 4].map(balancer))],
    ...changes,
  });
}

export function voter(name: string, changes: Partial<VoterSettings> = {}): VoterSettings {
  return { name, site: name, address: '10.0.0.1', publishes: true, ...changes };
}

export function balancer(ordinal: number): TargetSettings {
  return { name: `edge-${ordinal}`, a: `203.0.113.${ordinal}` };
}

export function service(names: readonly string[], targets: readonly TargetSettings[]): Settings['services'][number] {
  return { names, protocol: 'https', port: 443, targets };
}
