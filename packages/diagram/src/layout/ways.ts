import type { GraphEdge } from '../graph/graph.js';
import type { NodeId } from '../node-id.js';
import type { Cell, Grid } from './grid.js';
import type { Net } from './nets.js';

/** A vertical stretch of a line: at the side of a card, or in a corridor. */
export type Upright =
  | { readonly kind: 'port'; readonly cell: Cell; readonly side: 'top' | 'bottom' }
  /** Left of column `index`; the last one is right of the last column. */
  | { readonly kind: 'corridor'; readonly block: number; readonly index: number };

/** How an edge runs: uprights and the channels between them, always one upright more. No coordinates yet. */
export interface Way {
  readonly net: Net;
  readonly edge: GraphEdge;
  /** From the edge's beginning to its end. */
  readonly uprights: readonly Upright[];
  readonly channels: readonly number[];
}

/** Finds a way for every edge that passes no card. */
export function findWays(grid: Grid, nets: readonly Net[]): Way[] {
  const cells = new Map<NodeId, Cell>(grid.cells.map((cell) => [cell.content.node.id, cell]));
  const columns = new ColumnTable(grid);
  return nets.flatMap((net) => {
    const corridors = new Map<number, number>();
    return net.edges.flatMap((edge): Way[] => {
      const from = cells.get(edge.from);
      const to = cells.get(edge.to);
      if (from === undefined || to === undefined) return [];
      const hub = net.outward ? from : to;
      const other = net.outward ? to : from;
      const corridorIn = (block: number): Upright => {
        const known = corridors.get(block);
        const index = known ?? corridorBeside(grid, net, block === hub.block ? hub : other);
        corridors.set(block, index);
        return { kind: 'corridor', block, index };
      };
      return [{ net, edge, ...wayBetween(grid, columns, from, to, hub, corridorIn) }];
    });
  });
}

/** Backups leave a region to the left and everything else to the right, so that the two rarely share a corridor. */
function corridorBeside({ blocks }: Grid, { kind }: Net, { block, column }: Cell): number {
  return kind === 'backup' && blocks[block]?.kind === 'region' ? column : column + 1;
}

type Route = Pick<Way, 'uprights' | 'channels'>;

function wayBetween(
  grid: Grid,
  columns: ColumnTable,
  from: Cell,
  to: Cell,
  hub: Cell,
  corridorIn: (block: number) => Upright,
): Route {
  if (from.row === to.row) {
    // Beside each other in a region above them; between regions below them, where no frame's title is.
    const side = from.block === to.block ? 'top' : 'bottom';
    const channel = side === 'top' ? from.row : from.row + 1;
    return {
      uprights: [
        { kind: 'port', cell: from, side },
        { kind: 'port', cell: to, side },
      ],
      channels: [channel],
    };
  }
  if (from.row > to.row) {
    const { uprights, channels } = wayBetween(grid, columns, to, from, hub, corridorIn);
    return { uprights: [...uprights].reverse(), channels: [...channels].reverse() };
  }
  const upper: Upright = { kind: 'port', cell: from, side: 'bottom' };
  const lower: Upright = { kind: 'port', cell: to, side: 'top' };
  const first = from.row + 1;
  const last = to.row;
  const lowest = columns.lowestFrom(from);
  const highest = columns.highestFrom(to);
  if (from.block === to.block) {
    const [low, high] = [Math.max(first, highest), Math.min(last, lowest)];
    if (low <= high) return { uprights: [upper, lower], channels: [hub === from ? low : high] };
    return { uprights: [upper, corridorIn(from.block), lower], channels: [first, last] };
  }
  const crossing = grid.blocks[from.block]?.kind === 'top' ? first : grid.floor + 1;
  const uprights: Upright[] = [upper];
  const channels: number[] = [];
  if (lowest < crossing) {
    channels.push(first);
    uprights.push(corridorIn(from.block));
  }
  channels.push(crossing);
  if (highest > crossing) {
    uprights.push(corridorIn(to.block));
    channels.push(last);
  }
  return { uprights: [...uprights, lower], channels };
}

/** Which rows of a column hold cards: a line may pass straight through where there are none. */
class ColumnTable {
  readonly #rows = new Map<string, number[]>();
  readonly #last: number;

  constructor(grid: Grid) {
    this.#last = grid.rows.length;
    for (const { block, column, row } of grid.cells) {
      const key = `${block} ${column}`;
      const rows = this.#rows.get(key);
      if (rows === undefined) this.#rows.set(key, [row]);
      else rows.push(row);
    }
  }

  /** The lowest channel that a line reaches straight down from a card. */
  lowestFrom({ block, column, row }: Cell): number {
    let lowest = this.#last;
    for (const other of this.#rows.get(`${block} ${column}`) ?? []) if (other > row && other < lowest) lowest = other;
    return lowest;
  }

  /** The highest channel that a line reaches straight up from a card. */
  highestFrom({ block, column, row }: Cell): number {
    let highest = 0;
    for (const other of this.#rows.get(`${block} ${column}`) ?? [])
      if (other < row && other + 1 > highest) highest = other + 1;
    return highest;
  }
}
