import type { BlockAcross } from './across.js';
import type { Grid } from './grid.js';
import { measures } from './measures.js';
import type { Upright, Way } from './ways.js';

/** Lines of different nets keep so far from each other where blocks meet, and less only where there is no room. */
const apart = [12, 6, 3, 1] as const;

/**
 * The columns above and below the regions are not those of the regions, so that a line that comes down could end upon one that starts there. This
 * moves the ends at the cards above and below, and the lines in the corridors there: to where the line comes from, if it comes from
 * above the card, so that it is straight; else beside every other one. Returns the x of an upright.
 */
export function settle(
  grid: Grid,
  ways: readonly Way[],
  across: readonly BlockAcross[],
  planned: (upright: Upright, net: string) => number,
): (upright: Upright, net: string) => number {
  const settled = new Map<string, number>();
  for (const kind of ['top', 'bottom'] as const) {
    const block = grid.blocks.findIndex((each) => each.kind === kind);
    const channel = kind === 'top' ? 1 : grid.floor + 1;
    const foreign: { readonly x: number; readonly net: string }[] = [];
    const own = new Map<string, { readonly upright: Upright; readonly net: string }>();
    const seen = new Set<string>();
    for (const { net, uprights, channels } of ways) {
      const position = channels.indexOf(channel);
      for (const upright of position < 0 ? [] : [uprights[position], uprights[position + 1]]) {
        if (upright === undefined) continue;
        const key = keyOf(upright, net.id);
        if (seen.has(key)) continue;
        seen.add(key);
        if (blockOf(upright) === block) own.set(key, { upright, net: net.id });
        else foreign.push({ x: planned(upright, net.id), net: net.id });
      }
    }
    for (const [key, { upright, net }] of own) {
      const [from, to] = rangeOf(upright, across);
      const above = foreign.find((other) => other.net === net && from <= other.x && other.x <= to)?.x;
      const x = freePlace(above ?? planned(upright, net), from, to, net, foreign);
      settled.set(key, x);
      foreign.push({ x, net });
    }
  }
  const isOutside = grid.blocks.map(({ kind }) => kind === 'top' || kind === 'bottom');
  return (upright, net) =>
    (isOutside[blockOf(upright)] ? settled.get(keyOf(upright, net)) : undefined) ?? planned(upright, net);
}

function freePlace(
  wanted: number,
  from: number,
  to: number,
  net: string,
  others: readonly { readonly x: number; readonly net: string }[],
): number {
  for (const distance of apart) {
    for (let away = 0; away <= to - from; away += 1) {
      for (const x of away === 0 ? [wanted] : [wanted + away, wanted - away]) {
        if (x < from || x > to) continue;
        if (others.every((other) => other.net === net || Math.abs(other.x - x) >= distance)) return x;
      }
    }
  }
  return wanted;
}

function rangeOf(upright: Upright, across: readonly BlockAcross[]): readonly [number, number] {
  if (upright.kind === 'corridor') {
    const corridor = across[upright.block]?.corridors[upright.index];
    return corridor === undefined ? [0, 0] : [corridor.left + 4, corridor.left + corridor.width - 4];
  }
  const left = across[upright.cell.block]?.columns[upright.cell.column] ?? 0;
  return [left + 16, left + measures.cardWidth - 16];
}

function blockOf(upright: Upright): number {
  return upright.kind === 'port' ? upright.cell.block : upright.block;
}

function keyOf(upright: Upright, net: string): string {
  return upright.kind === 'port'
    ? `port ${upright.cell.block} ${upright.cell.row} ${upright.cell.column} ${upright.side} ${net}`
    : `corridor ${upright.block} ${upright.index} ${net}`;
}
