import type { Block, Grid } from './grid.js';
import { measures } from './measures.js';

/** Where the columns of a block are. */
export interface BlockAcross {
  /** The frame, or for what has none the cards. */
  readonly left: number;
  readonly right: number;
  /** Left edges of the cards. */
  readonly columns: readonly number[];
  /** One more than columns: left edge and width. */
  readonly corridors: readonly { readonly left: number; readonly width: number }[];
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
  const first = [...placed.values()][0]?.columns[0] ?? measures.margin + inset;
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
  const columns: number[] = [];
  const corridors: { left: number; width: number }[] = [];
  let at = left + padding;
  for (let index = 0; index <= block.columns; index += 1) {
    const isSide = index === 0 || index === block.columns;
    const width = corridorWidth(isSide ? measures.sideCorridor : measures.corridor, countOf(index));
    corridors.push({ left: at, width });
    at += width;
    if (index < block.columns) {
      columns.push(at);
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
export function trackAt({ left, width }: { left: number; width: number }, track: number, tracks: number): number {
  return left + width / 2 + (track - (tracks - 1) / 2) * measures.track;
}
