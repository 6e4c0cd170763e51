import type { GraphEdge } from '../graph/graph.js';
import type { NodeId } from '../node-id.js';
import type { Cell, Grid } from './grid.js';
import type { Net } from './nets.js';
import type { Corridor, Upright, Uprights } from './uprights.js';

/** How an edge runs: uprights and the channels between them, always one upright more. No coordinates yet. */
export interface Way {
  readonly net: Net;
  readonly edge: GraphEdge;
  /** From the edge's beginning to its end. */
  readonly uprights: readonly Upright[];
  readonly channels: readonly number[];
}

/** Finds a way for every edge that passes no card. */
export function findWays(grid: Grid, places: Uprights, nets: readonly Net[]): Way[] {
  const cells = new Map<NodeId, Cell>(grid.cells.map((cell) => [cell.content.node.id, cell]));
  const ways: Way[] = [];
  for (const net of nets) {
    const corridors = new Map<number, Corridor>();
    for (const edge of net.edges) {
      const from = cells.get(edge.from);
      const to = cells.get(edge.to);
      if (from === undefined || to === undefined) continue;
      const hub = net.outward ? from : to;
      const corridorIn = (block: number): Corridor => {
        const known = corridors.get(block);
        if (known !== undefined) return known;
        const beside = block === hub.block ? hub : net.outward ? to : from;
        const corridor = places.corridor(block, corridorBeside(grid, net, beside));
        corridors.set(block, corridor);
        return corridor;
      };
      const { uprights, channels } = wayBetween(grid, places, from, to, hub, corridorIn);
      ways.push({ net, edge, uprights, channels });
    }
  }
  return ways;
}

/** Backups leave a region to the left and everything else to the right, so that the two rarely share a corridor. */
function corridorBeside({ blocks }: Grid, { kind }: Net, { block, column }: Cell): number {
  return kind === 'backup' && blocks[block]?.kind === 'region' ? column : column + 1;
}

type Route = Pick<Way, 'uprights' | 'channels'>;

function wayBetween(
  grid: Grid,
  places: Uprights,
  from: Cell,
  to: Cell,
  hub: Cell,
  corridorIn: (block: number) => Corridor,
): Route {
  if (from.row === to.row) {
    // Beside each other in a region above them; between regions below them, where no frame's title is.
    if (from.block === to.block) return { uprights: [places.top(from), places.top(to)], channels: [from.row] };
    return { uprights: [places.bottom(from), places.bottom(to)], channels: [from.row + 1] };
  }
  if (from.row > to.row) {
    const { uprights, channels } = wayBetween(grid, places, to, from, hub, corridorIn);
    return { uprights: [...uprights].reverse(), channels: [...channels].reverse() };
  }
  const upper = places.bottom(from);
  const lower = places.top(to);
  const first = from.row + 1;
  const last = to.row;
  // The channels between which a line may go straight down from the upper card, and straight up from the lower one.
  const lowest = upper.gap.below?.row ?? grid.rows.length;
  const highest = lower.gap.above === undefined ? 0 : lower.gap.above.row + 1;
  if (from.block === to.block) {
    const low = Math.max(first, highest);
    const high = Math.min(last, lowest);
    if (low <= high) return { uprights: [upper, lower], channels: [hub === from ? low : high] };
    return { uprights: [upper, corridorIn(from.block), lower], channels: [first, last] };
  }
  const crossing = grid.blocks[from.block]?.kind === 'top' ? first : grid.floor + 1;
  const arrives = highest > crossing;
  if (lowest < crossing) {
    const out = corridorIn(from.block);
    return arrives
      ? { uprights: [upper, out, corridorIn(to.block), lower], channels: [first, crossing, last] }
      : { uprights: [upper, out, lower], channels: [first, crossing] };
  }
  return arrives
    ? { uprights: [upper, corridorIn(to.block), lower], channels: [crossing, last] }
    : { uprights: [upper, lower], channels: [crossing] };
}
