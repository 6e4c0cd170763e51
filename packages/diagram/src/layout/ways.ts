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
    const course: Course = { grid, places, net, corridors: new Map() };
    for (const edge of net.edges) {
      const from = cells.get(edge.from);
      const to = cells.get(edge.to);
      if (from !== undefined && to !== undefined) ways.push(wayOf(course, edge, from, to));
    }
  }
  return ways;
}

/** What the ways of a net have in common. */
interface Course {
  readonly grid: Grid;
  readonly places: Uprights;
  readonly net: Net;
  /** The corridor that all of them take in a block. */
  readonly corridors: Map<number, Corridor>;
}

function wayOf(course: Course, edge: GraphEdge, from: Cell, to: Cell): Way {
  const { net } = course;
  const isRising = from.row > to.row;
  const hub = net.outward ? from : to;
  const way = isRising ? wayDown(course, to, from, hub) : wayDown(course, from, to, hub);
  if (isRising) {
    way.uprights.reverse();
    way.channels.reverse();
  }
  return { net, edge, uprights: way.uprights, channels: way.channels };
}

/** From one cell to another one that is not above it; `hub` is one of them. */
function wayDown(
  course: Course,
  from: Cell,
  to: Cell,
  hub: Cell,
): { readonly uprights: Upright[]; readonly channels: number[] } {
  const { grid, places } = course;
  if (from.row === to.row) {
    // Beside each other in a region above them; between regions below them, where no frame's title is.
    if (from.block === to.block) return { uprights: [places.top(from), places.top(to)], channels: [from.row] };
    return { uprights: [places.bottom(from), places.bottom(to)], channels: [from.row + 1] };
  }
  const upper = places.bottom(from);
  const lower = places.top(to);
  const other = hub === from ? to : from;
  const first = from.row + 1;
  const last = to.row;
  // The channels between which a line may go straight down from the upper card, and straight up from the lower one.
  const lowest = upper.gap.below?.row ?? grid.rows.length;
  const highest = lower.gap.above === undefined ? 0 : lower.gap.above.row + 1;
  if (from.block === to.block) {
    const low = Math.max(first, highest);
    const high = Math.min(last, lowest);
    if (low <= high) return { uprights: [upper, lower], channels: [hub === from ? low : high] };
    return { uprights: [upper, corridorIn(course, from.block, hub, other), lower], channels: [first, last] };
  }
  const crossing = grid.blocks[from.block]?.kind === 'top' ? first : grid.floor + 1;
  const arrives = highest > crossing;
  if (lowest < crossing) {
    const out = corridorIn(course, from.block, hub, other);
    return arrives
      ? { uprights: [upper, out, corridorIn(course, to.block, hub, other), lower], channels: [first, crossing, last] }
      : { uprights: [upper, out, lower], channels: [first, crossing] };
  }
  return arrives
    ? { uprights: [upper, corridorIn(course, to.block, hub, other), lower], channels: [crossing, last] }
    : { uprights: [upper, lower], channels: [crossing] };
}

/** The corridor of a net in a block: beside the hub where the hub is there, else beside the first that needs it. */
function corridorIn({ grid, places, net, corridors }: Course, block: number, hub: Cell, other: Cell): Corridor {
  const known = corridors.get(block);
  if (known !== undefined) return known;
  const corridor = places.corridor(block, corridorBeside(grid, net, block === hub.block ? hub : other));
  corridors.set(block, corridor);
  return corridor;
}

/** Backups leave a region to the left and everything else to the right, so that the two rarely share a corridor. */
function corridorBeside({ blocks }: Grid, { kind }: Net, { block, column }: Cell): number {
  return kind === 'backup' && blocks[block]?.kind === 'region' ? column : column + 1;
}
