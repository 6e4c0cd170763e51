import type { GraphNode } from '../graph/graph.js';
import { type Marks, marksInWords } from '../marks/marks.js';
import { accents } from './style.js';
import { escapeXml } from './xml.js';

/** A group that a reader, a keyboard and a script find as this node. */
export function nodeGroup(node: GraphNode, marks: Marks, label: string, content: string): string {
  const state = marks.state === undefined || marks.state === 'carries-on' ? '' : ` gp-${marks.state}`;
  const words = [label, ...marksInWords(marks)].join(', ');
  return [
    `<g class="gp-node gp-a-${accents[node.kind]}${state}" role="graphics-symbol" aria-roledescription="${roles[node.kind]}" tabindex="0"`,
    ` aria-label="${escapeXml(words)}" data-id="${escapeXml(node.id)}" data-kind="${node.kind}"`,
    ` data-span="${node.span.start}-${node.span.end}">`,
    content,
    '</g>\n',
  ].join('');
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
