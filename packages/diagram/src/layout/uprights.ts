import type { Cell, Grid } from './grid.js';
import type { Net } from './nets.js';

/** A vertical stretch of a line: at the side of a card, or in a corridor. The same place is the same object. */
export type Upright = Port | Corridor;

export interface Port {
  readonly kind: 'port';
  readonly cell: Cell;
  readonly side: 'top' | 'bottom';
  readonly gap: Gap;
}

/** Left of column `index`; the last one is right of the last column. */
export interface Corridor {
  readonly kind: 'corridor';
  readonly block: number;
  readonly index: number;
}

/** The space between two cards of a column that are next to each other, above the first, or below the last. */
export interface Gap {
  readonly above: Cell | undefined;
  readonly below: Cell | undefined;
}

/** All places of a grid where lines run up and down. */
export interface Uprights {
  readonly top: (cell: Cell) => Port;
  readonly bottom: (cell: Cell) => Port;
  readonly corridor: (block: number, index: number) => Corridor;
}

export function uprightsOf({ cells, blocks }: Grid): Uprights {
  const tops: Port[] = [];
  const bottoms: Port[] = [];
  // By block and column, what stands lowest there so far, with the gap below it.
  const lowest = blocks.map(() => new Map<number, { below: Cell | undefined; readonly above: Cell | undefined }>());
  for (const cell of cells) {
    const columns = existing(lowest[cell.block]);
    const over = columns.get(cell.column) ?? { above: undefined, below: cell };
    const under = { above: cell, below: undefined };
    over.below = cell;
    columns.set(cell.column, under);
    tops.push({ kind: 'port', cell, side: 'top', gap: over });
    bottoms.push({ kind: 'port', cell, side: 'bottom', gap: under });
  }
  const corridors = blocks.map(({ columns }, block) =>
    Array.from({ length: columns + 1 }, (_, index): Corridor => ({ kind: 'corridor', block, index })),
  );
  return {
    top: ({ index }) => existing(tops[index]),
    bottom: ({ index }) => existing(bottoms[index]),
    corridor: (block, index) => existing(corridors[block]?.[index]),
  };
}

function existing<T>(place: T | undefined): T {
  if (place === undefined) throw new Error('a line runs beside a card that is not in the grid');
  return place;
}

/** Something about the nets of each place. They are few at most places, so that going through them is the fastest way to one. */
export class ByPlace<Place, Value extends { readonly net: Net }> {
  readonly #values = new Map<Place, Value[]>();

  get(place: Place, net: Net): Value | undefined {
    const values = this.#values.get(place);
    if (values === undefined) return undefined;
    for (const value of values) if (value.net === net) return value;
    return undefined;
  }

  /** Of a net that has no value there yet. */
  add(place: Place, value: Value): void {
    const known = this.#values.get(place);
    if (known === undefined) this.#values.set(place, [value]);
    else known.push(value);
  }

  /** The values of each place. */
  values(): Iterable<Value[]> {
    return this.#values.values();
  }
}
