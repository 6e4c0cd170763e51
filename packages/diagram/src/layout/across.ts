import type { Block, Grid } from './grid.js';
import { measures } from './measures.js';

/** Where the columns of a block are. */
export interface BlockAcross {
  /** The frame, or for what has none the cards. */
  readonly left: number;
  readonly right: number;
  /** Where the cards are. */
  readonly columns: readonly Room[];
  /** One more than columns. */
  readonly corridors: readonly Room[];
}

/** A place from its left edge on. */
export interface Room {
  readonly left: number;
  readonly width: number;
}

/**
 * Everything from left to right. What a block holds decides how wide it is; it moves those to its right and no others.
 *
 * @param countOf how many tracks a corridor needs
 */
export function placeAcross(
  grid: Grid,
  countOf: (block: number, corridor: number) => number,
): { blocks: BlockAcross[]; width: number } {
  const inset = measures.framePadding + measures.sideCorridor;
  let next = measures.margin;
  let right = 0;
  const placed = new Map<number, BlockAcross>();
  for (const [index, block] of grid.blocks.entries()) {
    if (block.kind !== 'region' && block.kind !== 'arbiter') continue;
    const made = blockAcross(block, next, measures.framePadding, (corridor) => countOf(index, corridor));
    placed.set(index, made);
    right = Math.max(right, made.right);
    next = made.right + measures.gutter;
  }
  const first = [...placed.values()][0]?.columns[0]?.left ?? measures.margin + inset;
  const blocks = grid.blocks.map((block, index) => {
    const known = placed.get(index);
    if (known !== undefined) return known;
    // The cards above and below the regions begin where those of the first region do.
    const widen = corridorWidth(measures.sideCorridor, countOf(index, 0));
    const made = blockAcross(block, first - widen, 0, (corridor) => countOf(index, corridor));
    right = Math.max(right, made.right - (made.corridors.at(-1)?.width ?? 0));
    return made;
  });
  return { blocks, width: right + measures.margin };
}

function blockAcross(block: Block, left: number, padding: number, countOf: (corridor: number) => number): BlockAcross {
  const columns: Room[] = [];
  const corridors: Room[] = [];
  let at = left + padding;
  for (let index = 0; index <= block.columns; index += 1) {
    const isSide = index === 0 || index === block.columns;
    const width = corridorWidth(isSide ? measures.sideCorridor : measures.corridor, countOf(index));
    corridors.push({ left: at, width });
    at += width;
    if (index < block.columns) {
      columns.push({ left: at, width: measures.cardWidth });
      at += measures.cardWidth;
    }
  }
  return { left, right: at + padding, columns, corridors };
}

/** Grows by one track at a time, and only when there are more lines than it has room for. */
function corridorWidth(least: number, tracks: number): number {
  return Math.max(least, (tracks - 1) * measures.track + 24);
}

/** The middle of a track in a corridor. */
export function trackAt({ left, width }: Room, track: number, tracks: number): number {
  return left + width / 2 + besideMiddle(track, tracks, measures.track);
}

/**
 * How far from the middle of their row the one at `index` of `count` is, when two next to each other are `spacing` apart. Whole numbers stay
 * whole on the way, which is faster for thousands of lines.
 */
export function besideMiddle(index: number, count: number, spacing: number): number {
  return ((2 * index - count + 1) * spacing) / 2;
}
