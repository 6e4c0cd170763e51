import type { EdgeKind } from '../graph/graph.js';
import type { Point } from '../layout/geometry.js';
import type { PlacedEdge } from '../layout/layout.js';
import { measures } from '../layout/measures.js';
import { Covered } from './covered.js';
import { arrowHead, lengthOf, roundedPath } from './path.js';

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
    const [from, to] = covered.take(points, total);
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
