import type { Graph, GraphEdge, GraphNode } from '../graph/graph.js';
import type { NodeId } from '../node-id.js';
import { type BlockAcross, placeAcross, trackAt } from './across.js';
import type { CardContent } from './cards.js';
import { placeDown } from './down.js';
import type { Box, Point } from './geometry.js';
import { type Cell, type Grid, makeGrid } from './grid.js';
import { channelLines, corridorKey, corridorLines } from './lines.js';
import { measures } from './measures.js';
import { netsOf } from './nets.js';
import { groupTable, placePorts } from './ports.js';
import { settle } from './settle.js';
import { type PlacedTunnel, placeTunnels, tunnelLanes } from './tunnels.js';
import { findWays, type Upright } from './ways.js';

export interface PlacedCard {
  readonly content: CardContent;
  readonly box: Box;
}

export interface PlacedFrame {
  readonly node: GraphNode;
  readonly box: Box;
  /** Of the private network. */
  readonly network: Box;
  readonly cidr: string;
}

export interface PlacedEdge {
  readonly edge: GraphEdge;
  /** Edges of one net are drawn as one tree. */
  readonly net: string;
  /** Corners of the line, from where it begins to where it ends; its pieces are level or upright. */
  readonly points: readonly Point[];
}

/** The picture, without its title and its legend. */
export interface Layout {
  readonly cards: readonly PlacedCard[];
  readonly frames: readonly PlacedFrame[];
  readonly tunnels: readonly PlacedTunnel[];
  readonly edges: readonly PlacedEdge[];
  readonly width: number;
  /** Below the last card. */
  readonly bottom: number;
}

/**
 * Gives everything its place: regions are columns, tiers are rows, lines run in the channels and corridors between cards.
 *
 * What does not change stays where it is, as far as its neighbours leave it room:
 * - Regions stand in the order of the file and begin at the left; a region's width depends on what is in it, so that it
 *   moves only the regions to its right. Entities stand in the order of the file, each tier in lines of its own from the left.
 * - So one more entity at the end of its section moves nothing, unless it begins a new line (then all rows below it move down) or a new
 *   column (then the regions to the right move right).
 * - Counts change what a card says, not its size: up to three servers of a database or storage have room from the start.
 * - Channels and corridors have room for a few lines and grow only when there are more. Below the last row of a region there is
 *   room only once something runs there, and above the regions for tunnels over them: another region may move everything below.
 * - A renamed thing stays, since the order of the file does.
 */
export function layOut(graph: Graph, expanded: ReadonlySet<NodeId>): Layout {
  const grid = makeGrid(graph, expanded);
  const ways = findWays(grid, netsOf(graph));
  const corridors = corridorLines(ways);
  const { blocks: across, width } = placeAcross(grid, corridors);
  const corridorX = ({ block, index }: { block: number; index: number }, net: string) => {
    const key = corridorKey(block, index);
    const corridor = across[block]?.corridors[index];
    if (corridor === undefined) return 0;
    const tracks = corridors.corridorCounts.get(key) ?? 1;
    return trackAt(corridor, corridors.corridorTracks.get(`${key} ${net}`) ?? 0, tracks);
  };
  const cardX = ({ block, column }: Cell) => across[block]?.columns[column] ?? 0;
  // As far as its ends may still move: along its card, or within its corridor.
  const channels = channelLines(grid, ways, (upright) => {
    if (upright.kind === 'port') return [cardX(upright.cell), cardX(upright.cell) + measures.cardWidth];
    const { left, width: room } = across[upright.block]?.corridors[upright.index] ?? { left: 0, width: 0 };
    return [left, left + room];
  });
  const trackOf = (channel: number, net: string) => channels[channel]?.tracks.get(net) ?? -1;
  const ports = placePorts(grid, ways, across, trackOf);
  const groupAt = groupTable(grid);
  const planned = (upright: Upright, net: string) =>
    upright.kind === 'corridor'
      ? corridorX(upright, net)
      : (ports.get(`${groupAt(upright.cell, upright.side)} ${net}`) ?? 0);
  const xOf = settle(grid, ways, across, planned);

  const lanes = tunnelLanes(graph);
  const down = placeDown(grid, lanes, (channel) => channels[channel]?.count ?? 0);
  const cards = grid.cells.map((cell) => ({ content: cell.content, box: boxOf(cell, cardX(cell), down.rows) }));
  const yOf = (channel: number, net: string) => {
    const place = down.channels[channel];
    if (place === undefined) return 0;
    const { count } = channels[channel] ?? { count: 0 };
    const track = trackOf(channel, net);
    const middle = place.top + place.height / 2;
    return track < 0 ? middle : middle + (track - (count - 1) / 2) * measures.track;
  };
  const edges = ways.map(({ net, edge, uprights, channels: passed }): PlacedEdge => {
    const points: Point[] = [];
    for (const [position, upright] of uprights.entries()) {
      const x = xOf(upright, net.id);
      const before = passed[position - 1];
      const after = passed[position];
      if (before !== undefined) points.push({ x, y: yOf(before, net.id) });
      if (upright.kind === 'port') points.push({ x, y: portY(upright, down.rows) });
      if (after !== undefined) points.push({ x, y: yOf(after, net.id) });
    }
    return { edge, net: net.id, points: corners(points) };
  });
  const frames = placeFrames(graph, grid, across, down.rows, lanes);
  return {
    cards,
    frames,
    tunnels: placeTunnels(graph, frames),
    edges: [...namesEdge(graph, cards), ...edges],
    width,
    bottom: down.bottom,
  };
}

function boxOf({ content, row }: Cell, x: number, rows: readonly number[]): Box {
  return { x, y: rows[row] ?? 0, width: measures.cardWidth, height: content.height };
}

function portY({ cell, side }: Extract<Upright, { kind: 'port' }>, rows: readonly number[]): number {
  return (rows[cell.row] ?? 0) + (side === 'top' ? 0 : cell.content.height);
}

/** Leaves out points that are on the way between their neighbours, or the same. */
function corners(points: readonly Point[]): Point[] {
  const kept: Point[] = [];
  for (const point of points) {
    const last = kept.at(-1);
    const before = kept.at(-2);
    if (last !== undefined && last.x === point.x && last.y === point.y) continue;
    const isOnTheWay =
      last !== undefined &&
      before !== undefined &&
      ((before.x === last.x && last.x === point.x) || (before.y === last.y && last.y === point.y));
    if (isOnTheWay) kept.pop();
    kept.push(point);
  }
  return kept;
}

/** People look names up beside where they come from. */
function namesEdge({ edges, internet, dns }: Graph, cards: readonly PlacedCard[]): PlacedEdge[] {
  const edge = edges.find(({ kind }) => kind === 'names');
  const from = cards.find(({ content }) => content.node === internet)?.box;
  const to = cards.find(({ content }) => content.node === dns)?.box;
  if (edge === undefined || from === undefined || to === undefined) return [];
  const y = from.y + from.height / 2;
  return [
    {
      edge,
      net: 'names',
      points: [
        { x: from.x + from.width, y },
        { x: to.x, y },
      ],
    },
  ];
}

function placeFrames(
  graph: Graph,
  grid: Grid,
  across: readonly BlockAcross[],
  rows: readonly number[],
  lanes: number,
): PlacedFrame[] {
  const top = (rows[grid.sill] ?? 0) + lanes * measures.tunnelLane;
  const floor = rows[grid.floor] ?? 0;
  return grid.blocks.flatMap(({ kind, id }, index): PlacedFrame[] => {
    const block = across[index];
    const region = graph.regions.find(({ node }) => node.id === id);
    const node = region?.node ?? graph.arbiter;
    if (block === undefined || node === undefined || (kind !== 'region' && kind !== 'arbiter')) return [];
    const cards = grid.cells.filter((cell) => cell.block === index);
    // A site with one card needs no frame of the height of a region.
    const end =
      kind === 'arbiter'
        ? Math.max(...cards.map(({ row, content }) => (rows[row] ?? 0) + content.height)) + measures.framePadding
        : floor;
    const network = {
      x: block.left + measures.framePadding / 2,
      y: top + measures.frameHeader,
      width: block.right - block.left - measures.framePadding,
      height: end - top - measures.frameHeader,
    };
    return [
      {
        node,
        box: {
          x: block.left,
          y: top,
          width: block.right - block.left,
          height: end + measures.framePadding / 2 - top,
        },
        network,
        cidr: region?.cidr ?? graph.model.arbiter?.cidr.value ?? '',
      },
    ];
  });
}
