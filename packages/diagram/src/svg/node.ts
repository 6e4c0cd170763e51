import type { GraphNode } from '../graph/graph.js';
import type { Point } from '../layout/geometry.js';
import { isUnmarked, type Marks, marksInWords } from '../marks/marks.js';
import { accents } from './style.js';
import { coordinate, escapeXml } from './xml.js';

/**
 * A group that a reader, a keyboard and a script find as this node.
 *
 * @param at its upper left corner, from which its content is drawn
 * @param label what a reader is told of it, as XML
 */
export function nodeGroup(node: GraphNode, at: Point, marks: Marks, label: string, content: string): string {
  const { id, kind, span } = node;
  const words = isUnmarked(marks) ? label : [label, ...marksInWords(marks).map(escapeXml)].join(', ');
  return `${groupStart(kind, marks.state)}${words}" data-id="${escapeXml(id)}" data-span="${span.start}-${span.end}" transform="translate(${coordinate(at.x)} ${coordinate(at.y)})">${content}</g>\n`;
}

function groupStart(kind: GraphNode['kind'], state: Marks['state']): string {
  return state === undefined || state === 'carries-on' ? starts[kind] : startOf(kind, ` gp-${state}`);
}

function startOf(kind: GraphNode['kind'], ofState: string): string {
  return `<g class="gp-node gp-a-${accents[kind]}${ofState}" role="graphics-symbol" aria-roledescription="${roles[kind]}" tabindex="0" data-kind="${kind}" aria-label="`;
}

const roles: Readonly<Record<GraphNode['kind'], string>> = {
  internet: 'people',
  dns: 'DNS zone',
  region: 'region',
  load_balancer: 'load balancer',
  app: 'app',
  database: 'database',
  storage: 'shared storage',
  arbiter: 'arbiter',
  bucket: 'bucket',
  external: 'external target',
  tunnel: 'tunnel',
  floating_ip: 'floating address',
  host: 'server',
  volume: 'volume',
};

/** Nearly all groups begin with one of these. */
const starts = Object.fromEntries(
  (Object.keys(roles) as GraphNode['kind'][]).map((kind) => [kind, startOf(kind, '')]),
) as Readonly<Record<GraphNode['kind'], string>>;
