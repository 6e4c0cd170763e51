import type { Point } from '../layout/geometry.js';
import { measures } from '../layout/measures.js';
import { coordinate } from './xml.js';

const length = (a: Point, b: Point) => Math.abs(a.x - b.x) + Math.abs(a.y - b.y);

/** The point at a distance from `from` towards `to`; they are on one level or upright line. */
function towards(from: Point, to: Point, distance: number): Point {
  return {
    x: from.x + Math.sign(to.x - from.x) * distance,
    y: from.y + Math.sign(to.y - from.y) * distance,
  };
}

/** The `d` of a line with rounded corners. */
export function roundedPath(points: readonly Point[]): string {
  const [first] = points;
  if (first === undefined) return '';
  const parts = [`M${pair(first)}`];
  for (let index = 1; index < points.length; index += 1) {
    const [before, here, after] = [points[index - 1], points[index], points[index + 1]];
    if (before === undefined || here === undefined) continue;
    if (after === undefined) {
      parts.push(`L${pair(here)}`);
      continue;
    }
    const radius = Math.min(measures.cornerRadius, length(before, here) / 2, length(here, after) / 2);
    parts.push(`L${pair(towards(here, before, radius))}`, `Q${pair(here)} ${pair(towards(here, after, radius))}`);
  }
  return parts.join('');
}

function pair({ x, y }: Point): string {
  return `${coordinate(x)} ${coordinate(y)}`;
}

/** The part of a line from one distance along it to another. */
export function partOf(points: readonly Point[], from: number, to: number): Point[] {
  const part: Point[] = [];
  let passed = 0;
  for (let index = 1; index < points.length; index += 1) {
    const [before, here] = [points[index - 1], points[index]];
    if (before === undefined || here === undefined) continue;
    const piece = length(before, here);
    const [start, end] = [Math.max(0, from - passed), Math.min(piece, to - passed)];
    if (start < end) {
      if (part.length === 0) part.push(towards(before, here, start));
      part.push(towards(before, here, end));
    }
    passed += piece;
  }
  return part;
}

export function lengthOf(points: readonly Point[]): number {
  let sum = 0;
  for (let index = 1; index < points.length; index += 1) {
    const [before, here] = [points[index - 1], points[index]];
    if (before !== undefined && here !== undefined) sum += length(before, here);
  }
  return sum;
}

/** A triangle whose tip is at the end of a line. */
export function arrowHead(points: readonly Point[]): string {
  const tip = points.at(-1);
  const before = points.at(-2);
  if (tip === undefined || before === undefined) return '';
  const base = towards(tip, before, 7);
  const isUpright = tip.x === before.x;
  const [one, other] = isUpright
    ? [
        { x: base.x - 3.5, y: base.y },
        { x: base.x + 3.5, y: base.y },
      ]
    : [
        { x: base.x, y: base.y - 3.5 },
        { x: base.x, y: base.y + 3.5 },
      ];
  return `M${pair(tip)}L${pair(one)}L${pair(other)}z`;
}
