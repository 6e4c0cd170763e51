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

export function uprightsOf(grid: Grid): Uprights {
  const ports = new Map<Cell, { readonly top: Port; readonly bottom: Port }>();
  for (const cells of columnsOf(grid)) {
    let gap: Gap = { above: undefined, below: cells[0] };
    for (const [index, cell] of cells.entries()) {
      const below = { above: cell, below: cells[index + 1] };
      ports.set(cell, {
        top: { kind: 'port', cell, side: 'top', gap },
        bottom: { kind: 'port', cell, side: 'bottom', gap: below },
      });
      gap = below;
    }
  }
  const corridors = grid.blocks.map(({ columns }, block) =>
    Array.from({ length: columns + 1 }, (_, index): Corridor => ({ kind: 'corridor', block, index })),
  );
  return {
    top: (cell) => existing(ports.get(cell)).top,
    bottom: (cell) => existing(ports.get(cell)).bottom,
    corridor: (block, index) => existing(corridors[block]?.[index]),
  };
}

function existing<T>(place: T | undefined): T {
  if (place === undefined) throw new Error('a line runs beside a card that is not in the grid');
  return place;
}

/** The cards of each column from top to bottom. */
function columnsOf({ blocks, cells }: Grid): Iterable<Cell[]> {
  const columns = blocks.map(() => new Map<number, Cell[]>());
  for (const cell of cells) {
    const cellsOfBlock = columns[cell.block];
    const known = cellsOfBlock?.get(cell.column);
    if (known === undefined) cellsOfBlock?.set(cell.column, [cell]);
    else known.push(cell);
  }
  return columns.flatMap((each) => [...each.values()]);
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
