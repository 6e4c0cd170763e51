import type { EdgeKind } from '../graph/graph.js';
import type { Point } from '../layout/geometry.js';
import type { PlacedEdge } from '../layout/layout.js';
import { measures } from '../layout/measures.js';
import { arrowHead, lengthOf, partOf, roundedPath } from './path.js';
import { escapeXml } from './xml.js';

/** What is drawn beneath comes first. */
const order: readonly EdgeKind[] = ['names', 'backup', 'uses', 'calls', 'replication', 'requests'];

/** All lines between cards. Readers of the picture's text find them in the labels of the nodes instead. */
export function drawEdges(edges: readonly PlacedEdge[], isOff: (edge: PlacedEdge) => boolean): string {
  const nets = new Map<string, PlacedEdge[]>();
  for (const edge of edges) {
    const net = nets.get(edge.net);
    if (net === undefined) nets.set(edge.net, [edge]);
    else net.push(edge);
  }
  const drawn = order.flatMap((kind) =>
    [...nets.values()].filter(([first]) => first?.edge.kind === kind).flatMap((net) => drawNet(kind, net, isOff)),
  );
  return `<g aria-hidden="true">${drawn.join('')}</g>`;
}

/** Each edge draws what no edge before it has drawn. What is off comes last, so that what it shares with others is not. */
function drawNet(kind: EdgeKind, net: readonly PlacedEdge[], isOff: (edge: PlacedEdge) => boolean): string[] {
  const covered = new Covered();
  const sorted = net.some(isOff) ? [...net].sort((a, b) => Number(isOff(a)) - Number(isOff(b))) : net;
  return sorted.map((placed) => {
    const { edge, points } = placed;
    const total = lengthOf(points);
    const pieces = piecesOf(points);
    const [from, to] = covered.rest(pieces, total);
    covered.add(pieces);
    const radius = measures.cornerRadius;
    // It begins a little before it leaves the others, so that it leaves them in a curve.
    const start = from === 0 ? (edge.both ? 5 : 0) : Math.max(0, from - radius);
    const end = to === total ? total - 5 : Math.min(total, to + radius);
    const line = from < to ? `<path class="gp-line" d="${roundedPath(partOf(points, start, end))}"/>` : '';
    const heads = [...(to === total ? [points] : []), ...(edge.both && from === 0 ? [[...points].reverse()] : [])];
    const arrows = heads.map((each) => `<path class="gp-head" d="${arrowHead(each)}"/>`).join('');
    const off = isOff(placed) ? ' gp-off' : '';
    const ends = `data-from="${escapeXml(edge.from)}" data-to="${escapeXml(edge.to)}"`;
    return `<g class="gp-edge gp-${kind}${off}" ${ends}>${line}${arrows}</g>`;
  });
}

type Stretch = [low: number, high: number];

interface Piece {
  readonly isUpright: boolean;
  /** The x of an upright piece, the y of a level one. */
  readonly at: number;
  readonly from: number;
  readonly to: number;
}

/** The pieces that a net has drawn. */
class Covered {
  readonly #upright = new Map<number, Stretch[]>();
  readonly #level = new Map<number, Stretch[]>();

  add(pieces: readonly Piece[]): void {
    for (const { isUpright, at, from, to } of pieces) {
      const lines = isUpright ? this.#upright : this.#level;
      const low = Math.min(from, to);
      const high = Math.max(from, to);
      const known = lines.get(at);
      if (known === undefined) {
        lines.set(at, [[low, high]]);
        continue;
      }
      const touching = known.find((stretch) => low <= stretch[1] && stretch[0] <= high);
      if (touching === undefined) known.push([low, high]);
      else {
        touching[0] = Math.min(touching[0], low);
        touching[1] = Math.max(touching[1], high);
      }
    }
  }

  /** The distances along a line between which nothing of it is drawn yet: what two lines of a tree share is at their beginning and end. */
  rest(pieces: readonly Piece[], total: number): readonly [number, number] {
    const start = this.#shared(pieces);
    if (start >= total) return [total, total];
    const backwards = pieces.map((piece) => ({ ...piece, from: piece.to, to: piece.from })).reverse();
    return [start, total - this.#shared(backwards)];
  }

  /** How far a line runs along pieces that are drawn. */
  #shared(pieces: readonly Piece[]): number {
    let shared = 0;
    for (const piece of pieces) {
      const reached = this.#reach(piece);
      shared += Math.abs(reached - piece.from);
      if (reached !== piece.to) break;
    }
    return shared;
  }

  #reach({ isUpright, at, from, to }: Piece): number {
    const stretch = (isUpright ? this.#upright : this.#level)
      .get(at)
      ?.find(([low, high]) => low <= from && from <= high);
    if (stretch === undefined) return from;
    return to > from ? Math.min(stretch[1], to) : Math.max(stretch[0], to);
  }
}

function piecesOf(points: readonly Point[]): Piece[] {
  const pieces: Piece[] = [];
  for (let index = 1; index < points.length; index += 1) {
    const [before, here] = [points[index - 1], points[index]];
    if (before === undefined || here === undefined) continue;
    const isUpright = before.x === here.x;
    pieces.push(
      isUpright
        ? { isUpright, at: here.x, from: before.y, to: here.y }
        : { isUpright, at: here.y, from: before.x, to: here.x },
    );
  }
  return pieces;
}
