import type { BlockAcross } from './across.js';
import type { Cell, Grid } from './grid.js';
import { measures } from './measures.js';
import type { Upright, Way } from './ways.js';

/** One end of a net at a card. */
interface Stub {
  readonly net: string;
  readonly isUpper: boolean;
  /** Below 0 when the line comes from the left, above 0 from the right. */
  pull: number;
  readonly track: number;
}

/**
 * Where along its card each line begins or ends: the x by `cell side net`. Two cards above each other share the places between them, so that a line
 * from one to the other is straight, and the lines of others never lie upon it. One line alone is in the middle.
 */
export function placePorts(
  grid: Grid,
  ways: readonly Way[],
  across: readonly BlockAcross[],
  trackOf: (channel: number, net: string) => number,
): Map<string, number> {
  const groups = new Map<string, { readonly center: number; readonly stubs: Map<string, Stub> }>();
  const groupAt = groupTable(grid);
  const centerOf = (upright: Upright): number => {
    if (upright.kind === 'corridor') {
      const corridor = across[upright.block]?.corridors[upright.index];
      return corridor === undefined ? 0 : corridor.left + corridor.width / 2;
    }
    const { block, column } = upright.cell;
    return (across[block]?.columns[column] ?? 0) + measures.cardWidth / 2;
  };
  for (const { net, uprights, channels } of ways) {
    for (const end of [0, uprights.length - 1]) {
      const upright = uprights[end];
      const next = uprights[end === 0 ? 1 : end - 1];
      const channel = channels[end === 0 ? 0 : end - 1];
      if (upright?.kind !== 'port' || next === undefined || channel === undefined) continue;
      const key = groupAt(upright.cell, upright.side);
      const group = groups.get(key) ?? { center: centerOf(upright), stubs: new Map<string, Stub>() };
      groups.set(key, group);
      const isUpper = upright.side === 'bottom';
      const stub = group.stubs.get(net.id) ?? { net: net.id, isUpper, pull: 0, track: trackOf(channel, net.id) };
      group.stubs.set(net.id, stub);
      stub.pull += Math.sign(centerOf(next) - group.center);
    }
  }
  const places = new Map<string, number>();
  for (const [key, { center, stubs }] of groups) {
    const ordered = [...stubs.values()].sort(leftToRight);
    const spacing = Math.min(measures.port, (measures.cardWidth - 32) / Math.max(1, ordered.length - 1));
    for (const [index, { net }] of ordered.entries()) {
      places.set(`${key} ${net}`, center + (index - (ordered.length - 1) / 2) * spacing);
    }
  }
  return places;
}

/** By the side that a line comes from; among those of one side so that they do not cross on their way to their tracks. */
function leftToRight(a: Stub, b: Stub): number {
  const [sideA, sideB] = [Math.sign(a.pull), Math.sign(b.pull)];
  if (sideA !== sideB) return sideA - sideB;
  const rising = sideA < 0 === a.isUpper;
  return (rising ? a.track - b.track : b.track - a.track) || (a.net < b.net ? -1 : 1);
}

/** Names the space between two cards of a column that are next to each other. */
export function groupTable(grid: Grid): (cell: Cell, side: 'top' | 'bottom') => string {
  const rows = new Map<string, number[]>();
  for (const { block, column, row } of grid.cells) {
    const key = `${block} ${column}`;
    rows.set(key, [...(rows.get(key) ?? []), row]);
  }
  const above = new Map<Cell, number>();
  for (const cell of grid.cells) {
    const others = rows.get(`${cell.block} ${cell.column}`) ?? [];
    above.set(cell, Math.max(-1, ...others.filter((row) => row < cell.row)));
  }
  return (cell, side) => `${cell.block} ${cell.column} ${side === 'bottom' ? cell.row : above.get(cell)}`;
}
