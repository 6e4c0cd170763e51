import type { Point } from '../layout/geometry.js';
import { measures } from '../layout/measures.js';
import { coordinate } from './xml.js';

/** Between two points on one level or upright line. */
export function distance(a: Point, b: Point): number {
  return Math.abs(a.x - b.x + (a.y - b.y));
}

/** The point at a distance from `from` towards `to`; they are on one level or upright line. */
function towards(from: Point, to: Point, away: number): Point {
  return { x: from.x + Math.sign(to.x - from.x) * away, y: from.y + Math.sign(to.y - from.y) * away };
}

/** The `d` of a line of level and upright pieces with rounded corners: the part of it from one distance along it to another. */
export function roundedPath(points: readonly Point[], from = 0, to = lengthOf(points)): string {
  let path = '';
  let passed = 0;
  /** The end of the piece before, which is rounded when the next one is known. */
  let corner: Point | undefined;
  let before: Point | undefined;
  for (let index = 1; index < points.length && passed < to; index += 1) {
    const first = points[index - 1];
    const last = points[index];
    if (first === undefined || last === undefined) continue;
    const piece = distance(first, last);
    const start = Math.max(0, from - passed);
    const end = Math.min(piece, to - passed);
    passed += piece;
    if (start >= end) continue;
    const here = end === piece ? last : towards(first, last, end);
    if (before === undefined || corner === undefined) {
      before = start === 0 ? first : towards(first, last, start);
      path = `M${pair(before)}`;
    } else {
      const radius = Math.min(measures.cornerRadius, distance(before, corner) / 2, distance(corner, here) / 2);
      path += straight(before, corner, radius) + turn(before, corner, here, radius);
      before = corner;
    }
    corner = here;
  }
  return before === undefined || corner === undefined ? path : path + straight(before, corner, 0);
}

/** Along a level or upright piece, up to a distance from its end. */
function straight(from: Point, to: Point, short: number): string {
  return from.x === to.x
    ? `V${coordinate(to.y - Math.sign(to.y - from.y) * short)}`
    : `H${coordinate(to.x - Math.sign(to.x - from.x) * short)}`;
}

/** A rounded corner, from where it begins. */
function turn(before: Point, corner: Point, after: Point, radius: number): string {
  const x = Math.sign(corner.x - before.x);
  const y = Math.sign(corner.y - before.y);
  const nextX = Math.sign(after.x - corner.x);
  const nextY = Math.sign(after.y - corner.y);
  if (radius === measures.cornerRadius) return turns[(y + 1) * 27 + (x + 1) * 9 + (nextY + 1) * 3 + nextX + 1] ?? '';
  return turnOf(x, y, nextX, nextY, radius);
}

function turnOf(x: number, y: number, nextX: number, nextY: number, radius: number): string {
  const [midX, midY] = [x * radius, y * radius];
  return `q${coordinate(midX)} ${coordinate(midY)} ${coordinate(midX + nextX * radius)} ${coordinate(midY + nextY * radius)}`;
}

const signs = [-1, 0, 1];

/** Nearly all corners have the same radius. */
const turns = signs.flatMap((y) =>
  signs.flatMap((x) =>
    signs.flatMap((nextY) => signs.map((nextX) => turnOf(x, y, nextX, nextY, measures.cornerRadius))),
  ),
);

function pair({ x, y }: Point): string {
  return `${coordinate(x)} ${coordinate(y)}`;
}

export function lengthOf(points: readonly Point[]): number {
  let sum = 0;
  for (let index = 1; index < points.length; index += 1) {
    const before = points[index - 1];
    const here = points[index];
    if (before !== undefined && here !== undefined) sum += distance(before, here);
  }
  return sum;
}

/** From the tip, by where it points to. */
const heads = { down: 'l-3.5 -7h7z', up: 'l-3.5 7h7z', right: 'l-7 -3.5v7z', left: 'l7 -3.5v7z' };

/** A triangle whose tip is at the end of a line that comes from `before`. */
export function arrowHead(tip: Point, before: Point): string {
  return `M${coordinate(tip.x)} ${coordinate(tip.y)}${tip.x === before.x ? (before.y < tip.y ? heads.down : heads.up) : before.x < tip.x ? heads.right : heads.left}`;
}
