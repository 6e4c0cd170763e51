import { knownFigure } from '../figure.js';
import type { KnownFigure } from '../types.js';
import type { SourceKey } from './sources.js';

/** A bundled figure: its source is one of the bundled ones. */
export function figure(value: number, source: SourceKey): KnownFigure {
  return knownFigure(value, source);
}
