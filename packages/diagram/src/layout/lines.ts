import type { Grid } from './grid.js';
import { assignTracks, type Interval } from './intervals.js';
import type { Upright, Way } from './ways.js';

/** Which lines share a channel or corridor, and on which track each of them runs there. */
export interface Lines {
  /** By `block index net`. */
  readonly corridorTracks: ReadonlyMap<string, number>;
  /** How many tracks a corridor has, by `block index`. */
  readonly corridorCounts: ReadonlyMap<string, number>;
}

export function corridorKey(block: number, index: number): string {
  return `${block} ${index}`;
}

/** Tracks of the lines that go up and down. */
export function corridorLines(ways: readonly Way[]): Lines {
  const corridors = new Map<string, Map<string, Interval>>();
  for (const { net, uprights, channels } of ways) {
    for (const [position, upright] of uprights.entries()) {
      if (upright.kind === 'port') continue;
      const [before, after] = [channels[position - 1] ?? 0, channels[position] ?? 0];
      const key = corridorKey(upright.block, upright.index);
      const intervals = corridors.get(key) ?? new Map<string, Interval>();
      corridors.set(key, intervals);
      widen(intervals, net.id, Math.min(before, after), Math.max(before, after));
    }
  }
  const corridorTracks = new Map<string, number>();
  const corridorCounts = new Map<string, number>();
  for (const [key, intervals] of corridors) {
    const { tracks, count } = assignTracks([...intervals.values()]);
    corridorCounts.set(key, count);
    for (const [net, track] of tracks) corridorTracks.set(`${key} ${net}`, track);
  }
  return { corridorTracks, corridorCounts };
}

/** A stretch of a channel, and the column that all of the net's lines there are in; undefined when they are in several. */
interface Stretch extends Interval {
  column: number | undefined;
}

/** Tracks of the lines that go from side to side, by channel: those of each net, and how many there are. */
export function channelLines(
  grid: Grid,
  ways: readonly Way[],
  reach: (upright: Upright) => readonly [number, number],
): readonly { readonly tracks: ReadonlyMap<string, number>; readonly count: number }[] {
  const channels = Array.from({ length: grid.rows.length + 1 }, () => new Map<string, Stretch>());
  for (const { net, uprights, channels: passed } of ways) {
    for (const [position, channel] of passed.entries()) {
      const stretches = channels[channel];
      for (const upright of [uprights[position], uprights[position + 1]]) {
        if (upright === undefined || stretches === undefined) continue;
        const [from, to] = reach(upright);
        const column = columnOf(upright);
        const known = stretches.get(net.id);
        if (known === undefined) stretches.set(net.id, { owner: net.id, from, to, column });
        else {
          known.from = Math.min(known.from, from);
          known.to = Math.max(known.to, to);
          if (known.column !== column) known.column = undefined;
        }
      }
    }
  }
  // What only passes straight through needs no track.
  return channels.map((stretches) =>
    assignTracks([...stretches.values()].filter(({ column }) => column === undefined)),
  );
}

/** A number for the column of a card. A line in a corridor is never straight. */
function columnOf(upright: Upright): number | undefined {
  return upright.kind === 'port' ? upright.cell.block * 1000 + upright.cell.column : undefined;
}

function widen(intervals: Map<string, Interval>, owner: string, from: number, to: number): void {
  const known = intervals.get(owner);
  if (known === undefined) intervals.set(owner, { owner, from, to });
  else {
    known.from = Math.min(known.from, from);
    known.to = Math.max(known.to, to);
  }
}
