import type { Grid } from './grid.js';
import { measures } from './measures.js';

export interface Down {
  /** Upper edge of each row. */
  readonly rows: readonly number[];
  /** Upper edge and height of each channel. */
  readonly channels: readonly { readonly top: number; readonly height: number }[];
  readonly bottom: number;
}

/** Everything from top to bottom. A channel grows only when it has more lines than it has room for. */
export function placeDown(grid: Grid, lanes: number, tracksIn: (channel: number) => number): Down {
  const heights = rowHeights(grid, lanes);
  const rows: number[] = [];
  const channels: { top: number; height: number }[] = [];
  let at: number = measures.margin + measures.title;
  for (let row = 0; row <= grid.rows.length; row += 1) {
    const least = leastHeight(grid, row);
    const needed = tracksIn(row) === 0 ? 0 : 2 * measures.trackMargin + (tracksIn(row) - 1) * measures.track;
    const height = Math.ceil(Math.max(least, needed) / 8) * 8;
    channels.push({ top: at, height });
    at += height;
    if (row < grid.rows.length) {
      rows.push(at);
      at += heights[row] ?? 0;
    }
  }
  return { rows, channels, bottom: at };
}

function rowHeights(grid: Grid, lanes: number): number[] {
  const heights = grid.rows.map(({ kind }) => {
    if (kind === 'sill') return lanes * measures.tunnelLane + measures.frameHeader + measures.networkHeader;
    return kind === 'floor' ? 2 * measures.framePadding : 0;
  });
  for (const { row, content } of grid.cells) heights[row] = Math.max(heights[row] ?? 0, content.height);
  return heights;
}

/** What a channel is high without a line in it. */
function leastHeight(grid: Grid, channel: number): number {
  const above = grid.rows[channel - 1]?.kind;
  const below = grid.rows[channel]?.kind;
  if (above === undefined || below === undefined) return 0;
  if (below === 'sill') return 48;
  if (above === 'sill' || below === 'floor') return 16;
  if (above === 'floor') return 56;
  return 56;
}
