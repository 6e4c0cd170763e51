import { type Code, type Details, type Facts, report, type Span } from '@groundplan/diagnostics';
import type { Reader } from './reader.js';
import type { Token } from './tokens.js';

/** More than these nobody reads, and a text that is no YAML at all would give one for every line. */
const limit = 1_000;

/** Notes a mistake. */
export function add<C extends Code>(reader: Reader, code: C, span: Span, facts: Facts<C>, details?: Details): void {
  if (reader.diagnostics.length < limit) reader.diagnostics.push(report(code, only(span), facts, details));
}

/**
 * Notes a mistake in the form of the text. One slip makes the rest of its line look wrong as well, so a line gets one such
 * diagnostic: the first.
 *
 * @param at a token of the line
 */
export function broken<C extends Code>(
  reader: Reader,
  at: Token,
  code: C,
  span: Span,
  facts: Facts<C>,
  details?: Details,
): void {
  if (reader.brokenLine === at.lineStart) return;
  reader.brokenLine = at.lineStart;
  add(reader, code, span, facts, details);
}

/** A fix that writes `text` at `offset`. */
export function insertion(title: string, offset: number, text: string): Details {
  return { fixes: [{ title, edits: [{ span: { start: offset, end: offset }, newText: text }] }] };
}

/** A fix that puts `text` in the place of `span`. */
export function replacement(title: string, span: Span, text: string): Details {
  return { fixes: [{ title, edits: [{ span: only(span), newText: text }] }] };
}

/** The span alone, where a token was given for one: tokens are not to be kept. */
function only({ start, end }: Span): Span {
  return { start, end };
}

/** A text as a message quotes it: its first line, and not more than forty characters of it. */
export function shown(text: string): string {
  const line = text.split(/\r?\n/, 1)[0] ?? '';
  return line.length > 40 ? `${line.slice(0, 39)}…` : line;
}
