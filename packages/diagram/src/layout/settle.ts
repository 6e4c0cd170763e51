import type { BlockAcross } from './across.js';
import type { Grid } from './grid.js';
import { measures } from './measures.js';
import type { Net } from './nets.js';
import { ByPlace, type Upright } from './uprights.js';
import type { Way } from './ways.js';

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
  planned: (upright: Upright, net: Net) => number,
): (upright: Upright, net: Net) => number {
  const settled = new ByPlace<Upright, { readonly net: Net; readonly x: number }>();
  for (const kind of ['top', 'bottom'] as const) {
    const block = grid.blocks.findIndex((each) => each.kind === kind);
    const channel = kind === 'top' ? 1 : grid.floor + 1;
    const foreign: { readonly x: number; readonly net: Net }[] = [];
    const own: { readonly upright: Upright; readonly net: Net }[] = [];
    const seen = new ByPlace<Upright, { readonly net: Net }>();
    for (const { net, uprights, channels } of ways) {
      const position = channels.indexOf(channel);
      if (position < 0) continue;
      for (let index = position; index <= position + 1; index += 1) {
        const upright = uprights[index];
        if (upright === undefined || seen.get(upright, net) !== undefined) continue;
        seen.add(upright, { net });
        if (blockOf(upright) === block) own.push({ upright, net });
        else foreign.push({ x: planned(upright, net), net });
      }
    }
    for (const { upright, net } of own) {
      const [from, to] = rangeOf(upright, across);
      const above = foreign.find((other) => other.net === net && from <= other.x && other.x <= to)?.x;
      const x = freePlace(above ?? planned(upright, net), from, to, net, foreign);
      settled.add(upright, { net, x });
      foreign.push({ x, net });
    }
  }
  const isOutside = grid.blocks.map(({ kind }) => kind === 'top' || kind === 'bottom');
  return (upright, net) =>
    (isOutside[blockOf(upright)] ? settled.get(upright, net)?.x : undefined) ?? planned(upright, net);
}

function freePlace(
  wanted: number,
  from: number,
  to: number,
  net: Net,
  others: readonly { readonly x: number; readonly net: Net }[],
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
  const left = across[upright.cell.block]?.columns[upright.cell.column]?.left ?? 0;
  return [left + 16, left + measures.cardWidth - 16];
}

function blockOf(upright: Upright): number {
  return upright.kind === 'port' ? upright.cell.block : upright.block;
}
