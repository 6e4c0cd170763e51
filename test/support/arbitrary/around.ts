import type { Data, Draw, Value } from './draw.js';
import { locations, type Plan } from './plan.js';

export function regions(made: Plan): Data {
  const { draw } = made;
  const [first] = made.regions;
  if (first !== undefined && first.name === first.location && !made.several) {
    return {
      region: draw.yes() ? first.location : draw.with({ location: first.location }, { cidr: () => '172.16.0.0/16' }),
    };
  }
  return {
    regions: Object.fromEntries(
      made.regions.map(({ name, location }, index) => {
        const map = draw.with(
          { location },
          { cidr: () => cidr(draw, index), ...overrides(made), renamed_from: () => `old-${index}` },
        );
        return [name, Object.keys(map).length === 1 && draw.yes() ? location : map];
      }),
    ),
  };
}

/** No range of one region overlaps that of another, nor a default. */
function cidr(draw: Draw, index: number): string {
  return draw.one([`10.${100 + index}.0.0/16`, `192.168.${index * 64}.0/18`, `172.${16 + index}.128.0/17`]);
}

function overrides(made: Plan): Record<string, () => Value | undefined> {
  const { draw, names, bounds } = made;
  const of = (all: readonly string[], make: () => Data) => (): Value =>
    Object.fromEntries(draw.some(all, 1, 2).map((name) => [name, make()]));
  return {
    load_balancers: of(names.load_balancers, () =>
      draw.with({}, { count: () => draw.number(2, 4), type: () => 'ccx13' }),
    ),
    apps: of(names.apps, () => draw.with({}, { count: () => draw.number(0, bounds.servers), type: () => 'ccx13' })),
    ...(names.databases.length === 0
      ? {}
      : {
          databases: of(names.databases, () =>
            draw.with({}, { standby: () => draw.number(1, 2), type: () => 'ccx23' }),
          ),
        }),
  };
}

/** Needed between an even number of regions. */
export function arbiter({ draw, regions: taken }: Plan): Data {
  if (taken.length % 2 === 1 && draw.yes()) return {};
  const free = locations.filter((location) => taken.every((region) => region.location !== location));
  return { arbiter: draw.with({ location: draw.one(free) }, { cidr: () => '10.251.7.0/24', type: () => 'ccx13' }) };
}

export function dns({ draw, zone, names }: Plan): Data {
  const provider = draw.one(['cloudflare', 'hetzner', 'none']);
  if (provider === 'none') return { provider, zone };
  const proxied = provider === 'cloudflare' && draw.number(0, 3) === 0;
  return draw.with(
    { provider, zone, ...(proxied ? { proxied } : {}) },
    {
      zone_id: () => (provider === 'cloudflare' ? '023e105f4ecef8ad9ca31a8372d0c353' : undefined),
      create: () => (provider === 'hetzner' ? true : undefined),
      ttl: () => (proxied ? undefined : draw.one([60, 90, 120])),
      failover: () =>
        names.load_balancers.length > 0 && draw.yes()
          ? draw.with(
              { by: 'checkers' },
              {
                interval: () => draw.one(['5s', '10s']),
                fall: () => draw.number(2, 5),
                rise: () => draw.number(2, 8),
                keep_at_least: () => 1,
              },
            )
          : { by: 'none' },
    },
  );
}
