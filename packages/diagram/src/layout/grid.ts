import { tierOf } from '@groundplan/model';
import type { Graph } from '../graph/graph.js';
import type { NodeId } from '../node-id.js';
import { type CardContent, plainCard, tierCard } from './cards.js';

/**
 * A part of the picture with columns of its own: what is above the regions, a region, the arbiter's site, what is below the regions.
 */
export interface Block {
  readonly kind: 'top' | 'region' | 'arbiter' | 'bottom';
  /** The region's node, or the arbiter's. */
  readonly id: NodeId | undefined;
  readonly columns: number;
}

export interface Cell {
  /** Among the cells of the grid. */
  readonly index: number;
  readonly content: CardContent;
  readonly block: number;
  readonly row: number;
  readonly column: number;
}

/**
 * Rows from top to bottom. Above row `n` is channel `n`, below it channel `n + 1`: lines run there from side to side, and in the
 * corridors between columns up and down. `sill` and `floor` hold no cards: they are the upper and lower edge of the regions' frames.
 */
export interface Row {
  readonly kind: 'top' | 'sill' | 'lb' | 'app' | 'db' | 'sto' | 'floor' | 'bucket' | 'external';
}

export interface Grid {
  readonly blocks: readonly Block[];
  readonly rows: readonly Row[];
  /** Those of one column from top to bottom. */
  readonly cells: readonly Cell[];
  readonly sill: number;
  readonly floor: number;
}

const tiers = ['load_balancer', 'app', 'database', 'storage'] as const;

/** Cards in a line of a tier. It grows in large steps, so that one more entity rarely moves the others to other lines. */
function perLine(count: number): number {
  return count <= 16 ? 4 : count <= 64 ? 8 : 12;
}

export function makeGrid(graph: Graph, expanded: ReadonlySet<NodeId>): Grid {
  const rows: Row[] = [{ kind: 'top' }, { kind: 'sill' }];
  const blocks: Block[] = [];
  const cells: Cell[] = [];
  const place = (block: number, row: number, column: number, content: CardContent) =>
    cells.push({ index: cells.length, content, block, row, column });

  blocks.push({ kind: 'top', id: undefined, columns: graph.dns === undefined ? 1 : 2 });
  place(0, 0, 0, plainCard(graph.internet));
  if (graph.dns !== undefined) place(0, 0, 1, plainCard(graph.dns));

  const kinds = graph.regions.map(({ tiers: all }) => tiers.map((kind) => all.filter((node) => node.kind === kind)));
  const widest = tiers.map((_, index) => Math.max(0, ...kinds.map((ofKind) => ofKind[index]?.length ?? 0)));
  const firstRows = tiers.map((kind, index) => {
    const first = rows.length;
    const count = widest[index] ?? 0;
    for (let line = 0; line * perLine(count) < count; line += 1) rows.push({ kind: tierOf[kind] });
    return first;
  });
  for (const [region, { node }] of graph.regions.entries()) {
    let columns = 1;
    for (const [index, ofKind] of (kinds[region] ?? []).entries()) {
      const line = perLine(widest[index] ?? 0);
      let position = 0;
      for (const tier of ofKind) {
        const row = (firstRows[index] ?? 0) + Math.floor(position / line);
        place(blocks.length, row, position % line, tierCard(tier, expanded.has(tier.id)));
        columns = Math.max(columns, (position % line) + 1);
        position += 1;
      }
    }
    blocks.push({ kind: 'region', id: node.id, columns });
  }
  if (graph.arbiter !== undefined) {
    if (rows.length === 2) rows.push({ kind: 'lb' });
    place(blocks.length, 2, 0, plainCard(graph.arbiter));
    blocks.push({ kind: 'arbiter', id: graph.arbiter.id, columns: 1 });
  }
  const floor = rows.push({ kind: 'floor' }) - 1;
  let columns = 1;
  for (const [kind, nodes] of [['bucket', graph.buckets] as const, ['external', graph.externals] as const]) {
    const line = perLine(nodes.length);
    for (const [position, node] of nodes.entries()) {
      if (position % line === 0) rows.push({ kind });
      place(blocks.length, rows.length - 1, position % line, plainCard(node));
      columns = Math.max(columns, (position % line) + 1);
    }
  }
  blocks.push({ kind: 'bottom', id: undefined, columns });
  return { blocks, rows, cells, sill: 1, floor };
}
