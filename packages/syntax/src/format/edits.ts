import type { Edit } from '@groundplan/diagnostics';
import { isBlank } from '../white-space.js';

/**
 * The edits that make `text` into its formatted form, one for each line that differs. The formatter neither joins nor divides lines, so
 * the lines that hold something are the same ones in both; only empty ones go.
 */
export function lineEdits(text: string, formatted: string): Edit[] {
  if (text === formatted) return [];
  const wanted = formatted.split('\n');
  const edits: Edit[] = [];
  let start = 0;
  let at = 0;
  for (const line of linesOf(text)) {
    const end = start + line.length;
    const want = wanted[at];
    const isLast = at >= wanted.length - 1;
    if (!isLast && (!isBlank(line) || isBlank(want ?? ''))) {
      if (line !== `${want}\n`) edits.push({ span: { start, end }, newText: `${want}\n` });
      at++;
    } else edits.push({ span: { start, end }, newText: '' });
    start = end;
  }
  return edits;
}

/** With what ends them; the last one may lack it. */
function linesOf(text: string): string[] {
  return text.match(/[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+$/g) ?? [];
}
