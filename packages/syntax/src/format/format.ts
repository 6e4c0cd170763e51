import type { Edit, Result } from '@groundplan/diagnostics';
import { withLineFeeds } from '../clean.js';
import { parse } from '../parse.js';
import { lineEdits } from './edits.js';
import { layOut } from './layout.js';
import { sayTheSame } from './same.js';

/**
 * Formats a topology: indentation by two, also of lists under their key; one space after a colon, a comma and within `{ }`; no white
 * space at the ends of lines, not more than one empty line in a row, LF. Lines are neither joined nor divided, quotes and comments stay
 * as they are. The result says the same as the text, and formatting it again changes nothing. A text with mistakes is returned
 * as it is, with them.
 */
export function format(text: string): Result<string> {
  const { value: tree, diagnostics } = parse(text);
  if (diagnostics.length > 0) return { value: text, diagnostics };
  const formatted = layOut(withLineFeeds(text).replace(/^\ufeff/, ''));
  const { value: after, diagnostics: mistakes } = parse(formatted);
  // To leave a text as it is does no harm; to change what it says would.
  const isSafe = mistakes.length === 0 && sayTheSame(tree, after);
  return { value: isSafe ? formatted : text, diagnostics: [] };
}

/** What `format` changes, line by line, for an editor that wants to keep its cursor and marks. */
export function formatEdits(text: string): Result<readonly Edit[]> {
  const { value, diagnostics } = format(text);
  return { value: lineEdits(text, value), diagnostics };
}
