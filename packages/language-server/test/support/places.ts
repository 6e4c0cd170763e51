import { indexLines, type Position, positionAt, type Range } from '@groundplan/diagnostics';

/** The position of `needle` in `text`, or of its `inside`th character. */
export function at(text: string, needle: string, inside = 0): Position {
  return positionAt(indexLines(text), startOf(text, needle) + inside);
}

/** The range of the first `needle` behind `after`. */
export function rangeOfText(text: string, needle: string, after = ''): Range {
  const start = startOf(text, needle, after);
  const lines = indexLines(text);
  return { start: positionAt(lines, start), end: positionAt(lines, start + needle.length) };
}

function startOf(text: string, needle: string, after = ''): number {
  const from = after === '' ? 0 : text.indexOf(after);
  const start = text.indexOf(needle, from);
  if (from < 0 || start < 0) throw new Error(`the text has no "${needle}" behind "${after}"`);
  return start;
}
