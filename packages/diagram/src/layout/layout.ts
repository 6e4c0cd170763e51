import type { Graph, GraphEdge, GraphNode } from '../graph/graph.js';
import type { NodeId } from '../node-id.js';
import { type BlockAcross, besideMiddle, placeAcross, type Room, trackAt } from './across.js';
import type { CardContent } from './cards.js';
import { placeDown } from './down.js';
import type { Box, Point } from './geometry.js';
import { type Cell, type Grid, makeGrid } from './grid.js';
import { channelLines, corridorLines } from './lines.js';
import { measures } from './measures.js';
import { type Net, netsOf } from './nets.js';
import { Pen } from './pen.js';
import { placePorts } from './ports.js';
import { settle } from './settle.js';
import { type PlacedTunnel, placeTunnels, tunnelLanes } from './tunnels.js';
import { type Corridor, type Port, type Upright, uprightsOf } from './uprights.js';
import { findWays } from './ways.js';

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
  const places = uprightsOf(grid);
  const ways = findWays(grid, places, netsOf(graph));
  const corridors = corridorLines(ways);
  const { blocks: across, width } = placeAcross(
    grid,
    (block, index) => corridors.get(places.corridor(block, index))?.count ?? 0,
  );
  const corridorX = (corridor: Corridor, net: Net) => {
    const room = across[corridor.block]?.corridors[corridor.index];
    if (room === undefined) return 0;
    const lines = corridors.get(corridor);
    return trackAt(room, lines?.tracks.get(net) ?? 0, lines?.count ?? 1);
  };
  const cardX = ({ block, column }: Cell) => across[block]?.columns[column]?.left ?? 0;
  // An end may still move along its card, or within its corridor.
  const channels = channelLines(grid, ways, (upright) => roomOf(upright, across));
  const trackOf = (channel: number, net: Net) => channels[channel]?.tracks.get(net) ?? -1;
  const ports = placePorts(ways, across, trackOf);
  const planned = (upright: Upright, net: Net) =>
    upright.kind === 'corridor' ? corridorX(upright, net) : (ports.get(upright.gap, net)?.x ?? 0);
  const xOf = settle(grid, ways, across, planned);

  const lanes = tunnelLanes(graph);
  const down = placeDown(grid, lanes, (channel) => channels[channel]?.count ?? 0);
  const cards = grid.cells.map((cell) => ({ content: cell.content, box: boxOf(cell, cardX(cell), down.rows) }));
  const yOf = (channel: number, net: Net) => {
    const place = down.channels[channel];
    if (place === undefined) return 0;
    const { count } = channels[channel] ?? { count: 0 };
    const track = trackOf(channel, net);
    const middle = place.top + place.height / 2;
    return track < 0 ? middle : middle + besideMiddle(track, count, measures.track);
  };
  const pen = new Pen();
  const edges = ways.map(({ net, edge, uprights, channels: passed }): PlacedEdge => {
    let y: number | undefined;
    for (let position = 0; position < uprights.length; position += 1) {
      const upright = uprights[position];
      if (upright === undefined) continue;
      const x = xOf(upright, net);
      if (y !== undefined) pen.goTo(x, y);
      if (upright.kind === 'port') pen.goTo(x, portY(upright, down.rows));
      const channel = passed[position];
      if (channel === undefined) continue;
      y = yOf(channel, net);
      pen.goTo(x, y);
    }
    return { edge, net: net.id, points: pen.lift() };
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

const noRoom = { left: 0, width: 0 };

function roomOf(upright: Upright, across: readonly BlockAcross[]): Room {
  const room =
    upright.kind === 'port'
      ? across[upright.cell.block]?.columns[upright.cell.column]
      : across[upright.block]?.corridors[upright.index];
  return room ?? noRoom;
}

function boxOf({ content, row }: Cell, x: number, rows: readonly number[]): Box {
  return { x, y: rows[row] ?? 0, width: measures.cardWidth, height: content.height };
}

function portY({ cell, side }: Port, rows: readonly number[]): number {
  return (rows[cell.row] ?? 0) + (side === 'top' ? 0 : cell.content.height);
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
