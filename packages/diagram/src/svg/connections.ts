import type { EdgeKind, Graph, GraphNode } from '../graph/graph.js';
import type { NodeId } from '../node-id.js';

const verbs: Readonly<Record<EdgeKind, string | undefined>> = {
  names: undefined,
  requests: 'sends requests to',
  calls: 'calls',
  uses: 'uses',
  replication: 'replicates to',
  backup: 'backs up to',
  tunnel: undefined,
};

/** What the lines say, in words, by the node where they begin. */
export function connectionTable(graph: Graph): ReadonlyMap<NodeId, readonly string[]> {
  const nodes = new Map<NodeId, GraphNode>();
  for (const node of [...graph.regions.flatMap(({ tiers }) => tiers), ...graph.buckets, ...graph.externals])
    nodes.set(node.id, node);
  const table = new Map<NodeId, string[]>();
  for (const { kind, from, to } of graph.edges) {
    const verb = verbs[kind];
    const target = nodes.get(to);
    if (verb === undefined || target === undefined) continue;
    const said = `${verb} ${kind === 'replication' ? placeOf(graph, target) : target.title}`;
    const known = table.get(from);
    if (known === undefined) table.set(from, [said]);
    else known.push(said);
  }
  return table;
}

function placeOf({ regions }: Graph, { parent, title }: GraphNode): string {
  return regions.find(({ node }) => node.id === parent)?.node.title ?? title;
}
