import type { EdgeKind, Graph, GraphEdge } from '../graph/graph.js';
import type { NodeId } from '../node-id.js';

/** Edges of one kind that begin or end at one node. They are drawn as one tree, and share every line that they can. */
export interface Net {
  readonly id: string;
  readonly kind: EdgeKind;
  /** The node that all edges have in common. */
  readonly hub: NodeId;
  /** Whether the edges leave the hub. */
  readonly outward: boolean;
  readonly edges: readonly GraphEdge[];
}

/** Requests and replication spread from one node; everything else comes together at one. */
const outwardKinds: ReadonlySet<EdgeKind> = new Set(['requests', 'replication']);

/** All edges that are routed between cards, in the order of the file. */
export function netsOf(graph: Graph): Net[] {
  const nets: Net[] = [];
  const byKind = new Map<EdgeKind, Map<NodeId, GraphEdge[]>>();
  for (const edge of graph.edges) {
    if (edge.kind === 'tunnel' || edge.kind === 'names') continue;
    const outward = outwardKinds.has(edge.kind);
    const hub = outward ? edge.from : edge.to;
    let byHub = byKind.get(edge.kind);
    if (byHub === undefined) {
      byHub = new Map();
      byKind.set(edge.kind, byHub);
    }
    const known = byHub.get(hub);
    if (known !== undefined) known.push(edge);
    else {
      const edges = [edge];
      byHub.set(hub, edges);
      nets.push({ id: `${edge.kind} ${hub}`, kind: edge.kind, hub, outward, edges });
    }
  }
  return nets;
}
