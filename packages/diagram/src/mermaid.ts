import type { Model } from '@groundplan/model';
import type { DrawOptions } from './draw.js';
import { buildGraph } from './graph/build.js';
import type { EdgeKind, GraphEdge, GraphNode, NodeKind, TierNode } from './graph/graph.js';
import { type Marks, marksOf } from './marks/marks.js';
import { placeProblems } from './marks/problems.js';
import type { NodeId } from './node-id.js';

/**
 * The topology as a Mermaid flowchart, for pages that draw it themselves (https://mermaid.js.org/syntax/flowchart.html): without
 * single servers, and where each thing stands is Mermaid's. States and planned changes are words in the labels.
 */
export function toMermaid(model: Model, options: DrawOptions = {}): string {
  const graph = buildGraph(model, options.cost);
  const names = new Names();
  const sources = {
    effect: options.effect,
    changes: options.changes,
    problems: placeProblems(model, [], []),
  };
  const lines: string[] = ['flowchart TB'];
  const add = (node: GraphNode, indent: string, stack?: TierNode) => {
    lines.push(
      `${indent}${names.of(node.id)}${shaped(node.kind, labelOf(node, marksOf(node, sources, stack), stack))}`,
    );
  };
  add(graph.internet, '  ');
  if (graph.dns !== undefined) add(graph.dns, '  ');
  for (const { node, tiers, cidr } of graph.regions) {
    const title = quoted([`${node.title} · ${node.subtitle}`, cidr, ...wordsOf(marksOf(node, sources))]);
    lines.push(`  subgraph ${names.of(node.id)}[${title}]`);
    for (const tier of tiers) add(tier, '    ', tier);
    // A subgraph that holds nothing is drawn as a node.
    lines.push('  end');
  }
  if (graph.arbiter !== undefined) add(graph.arbiter, '  ');
  for (const node of [...graph.buckets, ...graph.externals]) add(node, '  ');
  for (const edge of graph.edges) lines.push(`  ${names.of(edge.from)} ${arrowOf(edge)} ${names.of(edge.to)}`);
  return `${lines.join('\n')}\n`;
}

/** Names that Mermaid takes: letters, digits and underscores, no two the same. */
class Names {
  readonly #names = new Map<NodeId, string>();
  readonly #taken = new Set<string>();

  of(id: NodeId): string {
    const known = this.#names.get(id);
    if (known !== undefined) return known;
    const base = id.replace(/[^A-Za-z0-9]/g, '_');
    let name = base;
    for (let number = 2; this.#taken.has(name); number += 1) name = `${base}_${number}`;
    this.#names.set(id, name);
    this.#taken.add(name);
    return name;
  }
}

function labelOf(node: GraphNode, marks: Marks, stack: TierNode | undefined): string {
  const count = stack === undefined || stack.hosts.length === 1 ? '' : ` × ${stack.hosts.length}`;
  return quoted([`${node.title}${count}`, node.subtitle, ...wordsOf(marks)]);
}

function wordsOf({ stateText, changeText }: Marks): string[] {
  return [stateText, changeText].flatMap((words) => (words === undefined ? [] : [`(${words})`]));
}

/** Text between quotes; each part is a line. Whatever may mean something to Mermaid is written by its number. */
function quoted(parts: readonly string[]): string {
  return `"${parts.map(escapeMermaid).join('<br/>')}"`;
}

function escapeMermaid(text: string): string {
  return Array.from(text, (character) => {
    if (/^[\w .,:/×·()–−+±-]$/.test(character)) return character;
    const code = character.codePointAt(0) ?? 0;
    return code < 32 || (code >= 0xd800 && code <= 0xdfff) ? ' ' : `#${code};`;
  }).join('');
}

function shaped(kind: NodeKind, label: string): string {
  switch (kind) {
    case 'internet':
      return `([${label}])`;
    case 'dns':
      return `>${label}]`;
    case 'load_balancer':
      return `{{${label}}}`;
    case 'database':
    case 'storage':
      return `[(${label})]`;
    case 'bucket':
      return `[/${label}\\]`;
    case 'external':
      return `[[${label}]]`;
    default:
      return `[${label}]`;
  }
}

const arrows: Readonly<Record<EdgeKind, string>> = {
  names: '-.->',
  requests: '==>',
  calls: '-->',
  uses: '-->',
  replication: '-->',
  backup: '-.->',
  tunnel: '<-.->',
};

const words: Readonly<Partial<Record<EdgeKind, string>>> = { calls: 'calls', backup: 'backup', tunnel: 'tunnel' };

function arrowOf({ kind, both, labels }: GraphEdge): string {
  const arrow = both && kind === 'replication' ? '<-->' : arrows[kind];
  const label = words[kind] ?? labels.join(', ');
  return label === '' ? arrow : `${arrow}|${quoted([label])}|`;
}
