import type { NodeKind } from '../graph/graph.js';
import { coordinate } from './xml.js';

/** What has a picture of its own; each is drawn in a square of 20 with lines, for this project. */
export type IconName = NodeKind | 'network' | 'key';

const icons: Readonly<Record<IconName, string>> = {
  internet:
    'M10 2.5a7.5 7.5 0 1 0 0 15a7.5 7.5 0 1 0 0-15M2.5 10h15M10 2.5c4.5 4.5 4.5 10.5 0 15M10 2.5c-4.5 4.5-4.5 10.5 0 15',
  dns: 'M10 2v16M4 4h9.5l3 2.5l-3 2.5H4zM16 10.5H6.5L4 12.75L6.5 15H16z',
  region:
    'M10 18c-4-4.5-6-7.5-6-10a6 6 0 1 1 12 0c0 2.5-2 5.5-6 10M10 5.75a2.25 2.25 0 1 0 0 4.5a2.25 2.25 0 1 0 0-4.5',
  load_balancer:
    'M2.5 10h4.5M7 10c3.5 0 2.5-5.5 6-5.5h1.5M7 10h7.5M7 10c3.5 0 2.5 5.5 6 5.5h1.5M16 3a1.5 1.5 0 1 0 0 3a1.5 1.5 0 1 0 0-3M16 8.5a1.5 1.5 0 1 0 0 3a1.5 1.5 0 1 0 0-3M16 14a1.5 1.5 0 1 0 0 3a1.5 1.5 0 1 0 0-3',
  app: 'M10 7a3 3 0 1 0 0 6a3 3 0 1 0 0-6M10 4.5a5.5 5.5 0 1 0 0 11a5.5 5.5 0 1 0 0-11M10 4.5V2M10 18v-2.5M4.5 10H2M18 10h-2.5M6.11 6.11L4.35 4.35M15.65 15.65l-1.76-1.76M6.11 13.89l-1.76 1.76M15.65 4.35l-1.76 1.76',
  database:
    'M3.5 5c0-1.6 2.9-2.5 6.5-2.5s6.5.9 6.5 2.5s-2.9 2.5-6.5 2.5S3.5 6.6 3.5 5v10c0 1.6 2.9 2.5 6.5 2.5s6.5-.9 6.5-2.5V5M3.5 10c0 1.6 2.9 2.5 6.5 2.5s6.5-.9 6.5-2.5',
  storage: 'M2.5 15.5v-11a1 1 0 0 1 1-1h4l2 2.5h7a1 1 0 0 1 1 1v8.5a1 1 0 0 1-1 1h-13a1 1 0 0 1-1-1M2.5 9h15',
  bucket:
    'M3.5 5c0-1.4 2.9-2.25 6.5-2.25s6.5.85 6.5 2.25s-2.9 2.25-6.5 2.25S3.5 6.4 3.5 5l1.75 10.5c.2 1.2 2.25 2 4.75 2s4.55-.8 4.75-2L16.5 5',
  external: 'M11 3.5H4.5a1 1 0 0 0-1 1v11a1 1 0 0 0 1 1h11a1 1 0 0 0 1-1V9M9 11l8-8M12.5 3H17v4.5',
  arbiter:
    'M10 2.5v15M6 17.5h8M3.5 5.5h13M3.5 5.5L1.5 11h4zM16.5 5.5l-2 5.5h4zM1.5 11c0 2.6 4 2.6 4 0M14.5 11c0 2.6 4 2.6 4 0',
  tunnel:
    'M4.5 9h11a1 1 0 0 1 1 1v6.5a1 1 0 0 1-1 1h-11a1 1 0 0 1-1-1V10a1 1 0 0 1 1-1M6.5 9V6a3.5 3.5 0 0 1 7 0v3M10 12.25v2',
  floating_ip: 'M3 7h12.5M12.5 4l3 3l-3 3M17 13H4.5M7.5 10l-3 3l3 3',
  host: 'M4 3h12a1 1 0 0 1 1 1v4.5a1 1 0 0 1-1 1H4a1 1 0 0 1-1-1V4a1 1 0 0 1 1-1M4 10.5h12a1 1 0 0 1 1 1V16a1 1 0 0 1-1 1H4a1 1 0 0 1-1-1v-4.5a1 1 0 0 1 1-1M6 6.25h.5M6 13.75h.5',
  volume:
    'M4 3h12a1 1 0 0 1 1 1v12a1 1 0 0 1-1 1H4a1 1 0 0 1-1-1V4a1 1 0 0 1 1-1M10 5.5a3.5 3.5 0 1 0 0 7a3.5 3.5 0 1 0 0-7M10 9h.1M6 15h8',
  key: 'M6.5 8.5a3.5 3.5 0 1 0 0 7a3.5 3.5 0 1 0 0-7M9 9.5L17 3M14 5.5l2.5 2.5M11.5 7.5l1.5 1.5',
  network: 'M8 3h4v4H8zM2.5 13h4v4h-4zM13.5 13h4v4h-4zM10 7v3M4.5 13v-3h11v3',
};

/** The icons that a picture may use, each once. */
export function iconDefinitions(names: Iterable<IconName>): string {
  return `<defs>${[...new Set(names)].map((name) => `<path id="gp-i-${name}" d="${icons[name]}"/>`).join('')}</defs>`;
}

/** An icon with its upper left corner at a point and a side of `size`; its colour is that of what it stands in. */
export function icon(name: IconName, x: number, y: number, size = 20): string {
  if (size === 20) return `<use class="gp-icon" href="#gp-i-${name}" x="${coordinate(x)}" y="${coordinate(y)}"/>`;
  const place = `translate(${coordinate(x)} ${coordinate(y)}) scale(${size / 20})`;
  return `<use class="gp-icon" href="#gp-i-${name}" transform="${place}"/>`;
}
