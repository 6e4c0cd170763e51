import type { Room } from './across.js';
import type { Grid } from './grid.js';
import { assignTracks, type Interval, type Tracks } from './intervals.js';
import type { Net } from './nets.js';
import type { Corridor, Upright } from './uprights.js';
import type { Way } from './ways.js';

/** Tracks of the lines that go up and down, by corridor. */
export function corridorLines(ways: readonly Way[]): ReadonlyMap<Corridor, Tracks<Net>> {
  const corridors = new Map<Corridor, Map<Net, Interval<Net>>>();
  for (const { net, uprights, channels } of ways) {
    for (let position = 0; position < uprights.length; position += 1) {
      const upright = uprights[position];
      if (upright?.kind !== 'corridor') continue;
      const before = channels[position - 1] ?? 0;
      const after = channels[position] ?? 0;
      let intervals = corridors.get(upright);
      if (intervals === undefined) {
        intervals = new Map();
        corridors.set(upright, intervals);
      }
      widen(intervals, net, Math.min(before, after), Math.max(before, after));
    }
  }
  const lines = new Map<Corridor, Tracks<Net>>();
  for (const [corridor, intervals] of corridors) lines.set(corridor, assignTracks(intervals.values()));
  return lines;
}

/** A stretch of a channel, and the column that all of the net's lines there are in; undefined when they are in several. */
interface Stretch extends Interval<Net> {
  column: number | undefined;
}

/**
 * Tracks of the lines that go from side to side, by channel.
 *
 * @param roomOf where the upper or lower end of such a line may still move
 */
export function channelLines(
  grid: Grid,
  ways: readonly Way[],
  roomOf: (upright: Upright) => Room,
): readonly Tracks<Net>[] {
  const channels = Array.from({ length: grid.rows.length + 1 }, () => new Map<Net, Stretch>());
  const add = (channel: number, net: Net, upright: Upright | undefined) => {
    const stretches = channels[channel];
    if (upright === undefined || stretches === undefined) return;
    const { left: from, width } = roomOf(upright);
    const to = from + width;
    const column = columnOf(upright);
    const known = stretches.get(net);
    if (known === undefined) stretches.set(net, { owner: net, from, to, column });
    else {
      known.from = Math.min(known.from, from);
      known.to = Math.max(known.to, to);
      if (known.column !== column) known.column = undefined;
    }
  };
  for (const { net, uprights, channels: passed } of ways) {
    for (let position = 0; position < passed.length; position += 1) {
      const channel = passed[position] ?? 0;
      add(channel, net, uprights[position]);
      add(channel, net, uprights[position + 1]);
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

function widen(intervals: Map<Net, Interval<Net>>, owner: Net, from: number, to: number): void {
  const known = intervals.get(owner);
  if (known === undefined) intervals.set(owner, { owner, from, to });
  else {
    known.from = Math.min(known.from, from);
    known.to = Math.max(known.to, to);
  }
}
