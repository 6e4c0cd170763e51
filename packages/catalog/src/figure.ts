import type { Figure, KnownFigure, UnknownFigure } from './types.js';

/** The figure that nobody told us. */
export const unknownFigure: UnknownFigure = { known: false };

/** A figure with the key of its source. */
export function knownFigure(value: number, source: string): KnownFigure {
  return { known: true, value, source };
}

/** A figure times a quantity. An unknown one stays unknown: leave out what there is none of. */
export function timesFigure(figure: Figure, quantity: number): Figure {
  return figure.known ? knownFigure(figure.value * quantity, figure.source) : figure;
}

/** `5.49 €`, or `price unknown`. */
export function formatPrice(figure: Figure): string {
  return figure.known ? formatEuros(figure.value) : 'price unknown';
}

/** `61.45 €`. */
export function formatEuros(euros: number): string {
  return `${toCents(euros).toFixed(2)} €`;
}

/** Rounds to cents. */
export function toCents(euros: number): number {
  // Sums of decimal prices carry binary noise (0.1 + 0.2), which must not decide how half a cent is rounded.
  return Math.round(Math.round(euros * 1e6) / 1e4) / 100;
}
