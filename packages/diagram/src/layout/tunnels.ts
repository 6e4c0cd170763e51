import type { Graph, GraphNode } from '../graph/graph.js';
import type { Box, Point } from './geometry.js';
import { assignTracks } from './intervals.js';
import type { PlacedFrame } from './layout.js';
import { measures } from './measures.js';

export interface PlacedTunnel {
  readonly node: GraphNode;
  readonly box: Box;
  /** From one site to the other, behind the box. */
  readonly points: readonly Point[];
}

/** Sites by their place from left to right, and which two each tunnel joins. */
function spansOf({ regions, arbiter, tunnels }: Graph) {
  const sites = [...regions.map(({ node }) => node.id), ...(arbiter === undefined ? [] : [arbiter.id])];
  return tunnels.flatMap((tunnel) => {
    const [from = -1, to = -1] = tunnel.ends.map((end) => sites.indexOf(end)).sort((a, b) => a - b);
    return from < 0 || from === to ? [] : [{ tunnel, from, to }];
  });
}

/** Tunnels that pass over other sites, each on a lane of its own where they meet. */
function overpasses(graph: Graph) {
  const far = spansOf(graph).filter(({ from, to }) => to - from > 1);
  const sorted = [...far].sort((a, b) => a.to - a.from - (b.to - b.from) || a.from - b.from);
  // Half a site at each end, so that one may end where another one begins.
  return assignTracks(sorted.map(({ tunnel, from, to }) => ({ owner: tunnel.id, from: from + 0.25, to: to - 0.25 })));
}

/** How many lanes above the regions the tunnels need that join no neighbours. */
export function tunnelLanes(graph: Graph): number {
  return overpasses(graph).count;
}

/** Between neighbours a tunnel goes straight from frame to frame, else over the frames in between. */
export function placeTunnels(graph: Graph, frames: readonly PlacedFrame[]): PlacedTunnel[] {
  const lanes = overpasses(graph).tracks;
  const { tunnelWidth: width, tunnelHeight: height } = measures;
  return spansOf(graph).flatMap(({ tunnel, from, to }): PlacedTunnel[] => {
    const [one, other] = [frames[from]?.box, frames[to]?.box];
    const before = frames[to - 1]?.box;
    if (one === undefined || other === undefined || before === undefined) return [];
    const middle = (before.x + before.width + other.x) / 2;
    const lane = lanes.get(tunnel.id);
    const y = lane === undefined ? one.y + measures.frameHeader / 2 : one.y - (lane + 0.5) * measures.tunnelLane;
    const box = { x: middle - width / 2, y: y - height / 2, width, height };
    if (lane === undefined) {
      const points = [
        { x: one.x + one.width, y },
        { x: other.x, y },
      ];
      return [{ node: tunnel, box, points }];
    }
    const inset = measures.framePadding + lane * measures.track;
    const [left, right] = [one.x + one.width - inset, other.x + inset];
    const points = [
      { x: left, y: one.y },
      { x: left, y },
      { x: right, y },
      { x: right, y: other.y },
    ];
    return [{ node: tunnel, box, points }];
  });
}
