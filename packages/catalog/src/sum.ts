import { formatEuros, toCents } from './figure.js';
import type { Figure } from './types.js';

/** A sum of figures of which some may be unknown: the true sum is at least `euros`. */
export interface Sum {
  /** Sum of the known ones, rounded to cents. */
  readonly euros: number;
  /** How many figures are missing from it. */
  readonly unknown: number;
}

export const emptySum: Sum = { euros: 0, unknown: 0 };

/** Adds figures. Rounds once, at the end. */
export function sumFigures(figures: Iterable<Figure>): Sum {
  let euros = 0;
  let unknown = 0;
  for (const figure of figures) {
    if (figure.known) euros += figure.value;
    else unknown += 1;
  }
  return { euros: toCents(euros), unknown };
}

/** Adds sums. Each is in cents already, so that a total is what its shown parts add up to. */
export function addSums(sums: Iterable<Sum>): Sum {
  let euros = 0;
  let unknown = 0;
  for (const sum of sums) {
    euros += sum.euros;
    unknown += sum.unknown;
  }
  return { euros: toCents(euros), unknown };
}

/** `61.45 €`, or `≥ 61.45 €, 2 prices unknown`. */
export function formatSum(sum: Sum): string {
  const euros = formatEuros(sum.euros);
  if (sum.unknown === 0) return euros;
  return `≥ ${euros}, ${sum.unknown} ${sum.unknown === 1 ? 'price' : 'prices'} unknown`;
}
