import { interpolationAt } from './interpolation.js';
import type { ScalarText } from './quotes.js';

/** What is common to the places inside a scalar; undefined before and behind what it says. */
export function inScalar(text: string, { start, end, quote, closed }: ScalarText, offset: number) {
  const word = { start: start + (quote === '' ? 0 : 1), end: end - (quote !== '' && closed ? 1 : 0) };
  if (offset < word.start || offset > word.end) return undefined;
  return {
    word,
    typed: text.slice(word.start, offset),
    quote,
    closed,
    interpolation: interpolationAt(text, word, offset),
    scalar: { start, end },
  };
}
