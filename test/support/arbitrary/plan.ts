import type { Draw } from './draw.js';

/** What bounds the topologies; each number is at most what it says. */
export interface TopologyBounds {
  /** 3 by default; 1 gives both ways to write a single region. */
  readonly regions?: number;
  /** Entities in each tier, 3 by default. */
  readonly entities?: number;
  /** Servers of an app or standbys of a database in each region, 4 by default. */
  readonly servers?: number;
}

/** Legal names that have been mistaken for something else somewhere: words of tiers, ordinals, words of YAML, the longest ones. */
export const entityNames = [
  ...[
    'web',
    'api',
    'edge',
    'main',
    'a',
    'z9',
    'app',
    'lb',
    'db',
    'sto',
    'app-1',
    'db-main-2',
    'x-lb-y',
    'web-1',
    'web-10',
  ],
  ...[
    'no',
    'on',
    'null',
    'true',
    'y',
    'constructor',
    'arbiter',
    'network',
    'self',
    'each',
    'count',
    'a-name-of-18-chars',
    'x--y',
  ],
];
const regionNames = [
  'falkenstein',
  'helsinki',
  'r',
  'app',
  'lb-1',
  'eu-db-a',
  'arbiter-1',
  'no',
  'a-region-of-15c',
  'hel1',
  'x-app-web',
];
export const europe = ['fsn1', 'nbg1', 'hel1'];
export const locations = [...europe, 'ash', 'hil', 'sin'];

/** What the parts of one topology must agree on. */
export interface Plan {
  readonly draw: Draw;
  readonly bounds: Required<TopologyBounds>;
  readonly zone: string;
  readonly image: string;
  readonly regions: readonly { readonly name: string; readonly location: string }[];
  readonly several: boolean;
  readonly names: Readonly<
    Record<'load_balancers' | 'apps' | 'databases' | 'shared_storage' | 'buckets' | 'external', readonly string[]>
  >;
  /** Apps that answer requests, with their ports. */
  readonly ports: ReadonlyMap<string, number>;
  readonly jobs: ReadonlySet<string>;
  readonly renamed: ReadonlyMap<string, string>;
  /** Buckets that backups go to: private, and written to by no app. */
  readonly backupBuckets: readonly string[];
}

export function plan(draw: Draw, bounds: Required<TopologyBounds>): Plan {
  const count = draw.number(1, bounds.regions);
  const short = count === 1 && draw.yes();
  const places = draw.some(draw.yes() ? europe : locations, count, count);
  const regions = draw
    .some(regionNames, places.length, places.length)
    .map((name, index) => ({ name: short ? (places[index] ?? '') : name, location: places[index] ?? '' }));
  const names = {
    load_balancers: draw.some(entityNames, 1, bounds.entities),
    apps: draw.some(entityNames, 1, bounds.entities),
    databases: draw.some(entityNames, 0, bounds.entities),
    shared_storage: draw.some(entityNames, 0, Math.min(2, bounds.entities)),
    buckets: draw.some(entityNames, 1, bounds.entities + 1),
    external: draw.some(entityNames, 0, bounds.entities),
  };
  const ports = new Map(
    names.apps.flatMap((name) => (draw.number(0, 3) === 0 ? [] : [[name, draw.one([80, 3000, 8000, 65535])]])),
  );
  const renamed = new Map(
    Object.entries(names).flatMap(([section, used]) => {
      const free = entityNames.filter((name) => !used.includes(name));
      return used.flatMap((name, index) =>
        draw.number(0, 3) === 0 ? [[`${section}.${name}`, free[index] ?? name] as const] : [],
      );
    }),
  );
  return {
    draw,
    bounds,
    zone: draw.one(['example.com', 'a.b.example.co.uk', 'xn--bcher-kva.example']),
    image: draw.one(['debian-12', 'debian-13', 'ubuntu-24.04']),
    regions,
    several: regions.length > 1,
    names,
    ports,
    jobs: new Set(names.apps.filter((name) => !ports.has(name) && draw.yes())),
    renamed,
    backupBuckets: names.buckets.slice(0, 1),
  };
}
