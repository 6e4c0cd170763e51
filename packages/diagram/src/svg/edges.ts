import type { EdgeKind } from '../graph/graph.js';
import type { Point } from '../layout/geometry.js';
import type { PlacedEdge } from '../layout/layout.js';
import { measures } from '../layout/measures.js';
import { arrowHead, distance, lengthOf, roundedPath } from './path.js';

/** What is drawn beneath comes first. */
const order: readonly EdgeKind[] = ['names', 'backup', 'uses', 'calls', 'replication', 'requests'];

/**
 * All lines between cards. Readers of the picture's text find them in the labels of the nodes instead.
 *
 * @param isOff which of them lead to or from what is dark
 */
export function drawEdges(edges: readonly PlacedEdge[], isOff?: (edge: PlacedEdge) => boolean): string {
  const nets = new Map<string, PlacedEdge[]>();
  for (const edge of edges) {
    const net = nets.get(edge.net);
    if (net === undefined) nets.set(edge.net, [edge]);
    else net.push(edge);
  }
  let drawn = '';
  for (const kind of order) {
    for (const net of nets.values()) if (net[0]?.edge.kind === kind) drawn += drawNet(kind, net, isOff);
  }
  return `<g aria-hidden="true">${drawn}</g>`;
}

/**
 * The lines of a net, each piece of them once, and their arrows. What is off comes last and in a group of its own, so that what it
 * shares with others is not.
 */
function drawNet(
  kind: EdgeKind,
  net: readonly PlacedEdge[],
  isOff: ((edge: PlacedEdge) => boolean) | undefined,
): string {
  const covered = new Covered();
  if (isOff === undefined) return drawGroup(`gp-edge gp-${kind}`, net, covered);
  const on = net.filter((edge) => !isOff(edge));
  const off = net.filter(isOff);
  return drawGroup(`gp-edge gp-${kind}`, on, covered) + drawGroup(`gp-edge gp-${kind} gp-off`, off, covered);
}

function drawGroup(classes: string, edges: readonly PlacedEdge[], covered: Covered): string {
  if (edges.length === 0) return '';
  const radius = measures.cornerRadius;
  let lines = '';
  let heads = '';
  for (const { edge, points } of edges) {
    const total = lengthOf(points);
    const [from, to] = covered.rest(points, total);
    covered.add(points);
    // It begins a little before it leaves the others, so that it leaves them in a curve.
    const start = from === 0 ? (edge.both ? 5 : 0) : Math.max(0, from - radius);
    const end = to === total ? total - 5 : Math.min(total, to + radius);
    if (from < to) lines += roundedPath(points, start, end);
    if (to === total) heads += headAt(points.at(-1), points.at(-2));
    if (edge.both && from === 0) heads += headAt(points[0], points[1]);
  }
  const line = lines === '' ? '' : `<path class="gp-line" d="${lines}"/>`;
  const head = heads === '' ? '' : `<path class="gp-head" d="${heads}"/>`;
  return `<g class="${classes}">${line}${head}</g>`;
}

function headAt(tip: Point | undefined, before: Point | undefined): string {
  return tip === undefined || before === undefined ? '' : arrowHead(tip, before);
}

interface Stretch {
  low: number;
  high: number;
}

/** The pieces of lines that a net has drawn; each is level or upright. */
class Covered {
  /** By their x. */
  readonly #upright = new Map<number, Stretch[]>();
  /** By their y. */
  readonly #level = new Map<number, Stretch[]>();

  add(points: readonly Point[]): void {
    for (let index = 1; index < points.length; index += 1) {
      const before = points[index - 1];
      const here = points[index];
      if (before === undefined || here === undefined) continue;
      if (before.x === here.x) addStretch(this.#upright, here.x, before.y, here.y);
      else addStretch(this.#level, here.y, before.x, here.x);
    }
  }

  /** The distances along a line between which nothing of it is drawn yet: what two lines of a tree share is at their beginning and end. */
  rest(points: readonly Point[], total: number): readonly [number, number] {
    let start = 0;
    for (let index = 1; index < points.length; index += 1) {
      const before = points[index - 1];
      const here = points[index];
      if (before === undefined || here === undefined) continue;
      const drawn = this.#drawnFrom(before, here);
      start += drawn;
      if (drawn < distance(before, here)) break;
    }
    if (start >= total) return [total, total];
    let end = total;
    for (let index = points.length - 1; index > 0; index -= 1) {
      const before = points[index - 1];
      const here = points[index];
      if (before === undefined || here === undefined) continue;
      const drawn = this.#drawnFrom(here, before);
      end -= drawn;
      if (drawn < distance(before, here)) break;
    }
    return [start, end];
  }

  /** How far the way from one end of a piece to the other is drawn without a gap. */
  #drawnFrom(from: Point, to: Point): number {
    return from.x === to.x
      ? reach(this.#upright.get(from.x), from.y, to.y)
      : reach(this.#level.get(from.y), from.x, to.x);
  }
}

function addStretch(lines: Map<number, Stretch[]>, at: number, from: number, to: number): void {
  const low = Math.min(from, to);
  const high = Math.max(from, to);
  const known = lines.get(at);
  if (known === undefined) {
    lines.set(at, [{ low, high }]);
    return;
  }
  const touching = known.find((stretch) => low <= stretch.high && stretch.low <= high);
  if (touching === undefined) known.push({ low, high });
  else {
    touching.low = Math.min(touching.low, low);
    touching.high = Math.max(touching.high, high);
  }
}

function reach(stretches: readonly Stretch[] | undefined, from: number, to: number): number {
  if (stretches === undefined) return 0;
  for (const { low, high } of stretches) {
    if (low <= from && from <= high) return to > from ? Math.min(high, to) - from : from - Math.max(low, to);
  }
  return 0;
}
