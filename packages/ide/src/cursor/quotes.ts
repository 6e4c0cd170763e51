import type { Span } from '@groundplan/diagnostics';
import { indentOf } from '../tree/indentation.js';

/** A scalar as it is typed: perhaps not finished. */
export interface ScalarText extends Span {
  readonly quote: '' | '"' | "'";
  /** False for a quote that nothing ends. */
  readonly closed: boolean;
}

/**
 * The scalar in quotes that begins at `start`. A quote that is not closed on its line may be closed on a later one, as long as the lines
 * between are indented by more than `column`; else it ends with its line, in brackets before the brackets and commas that end the line.
 */
export function quotedScalar(text: string, start: number, column: number, inFlow: boolean): ScalarText {
  const quote = text[start] === '"' ? '"' : "'";
  const lineEnd = endOfLine(text, start);
  const close = closing(text, start + 1, quote);
  if (close !== undefined && (close < lineEnd || isIndented(text, lineEnd, close, column))) {
    return { start, end: close + 1, quote, closed: true };
  }
  const line = text.slice(start, lineEnd);
  const trimmed = inFlow ? line.replace(/[\s,}\]]+$/, '') : line.replace(/\s+#.*$/, '').trimEnd();
  return { start, end: start + Math.max(1, trimmed.length), quote, closed: false };
}

function closing(text: string, from: number, quote: '"' | "'"): number | undefined {
  for (let at = from; at < text.length; at++) {
    if (quote === '"' && text[at] === '\\') at++;
    else if (text[at] === quote) {
      if (quote === '"' || text[at + 1] !== quote) return at;
      at++;
    }
  }
  return undefined;
}

/** Whether each line that begins between two places, apart from empty ones, is indented by more than `column`. */
function isIndented(text: string, from: number, to: number, column: number): boolean {
  return text
    .slice(from, to)
    .split('\n')
    .slice(1)
    .every((line) => line.trim() === '' || indentOf(line).length > column);
}

/** Before the line break of the line that `offset` is in. */
export function endOfLine(text: string, offset: number): number {
  for (let at = offset; at < text.length; at++) if (text[at] === '\n' || text[at] === '\r') return at;
  return text.length;
}
