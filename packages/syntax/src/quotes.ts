import type { Scalar } from './nodes.js';
import { broken, insertion } from './problems.js';
import { type Reader, textOf } from './reader.js';
import type { Token, TokenKind } from './tokens.js';
import { contentEnd } from './white-space.js';

/** How often a text is copied to be read again; more than a few quotes without end in one file are no slip. */
const restartLimit = 20;

/** True when the quote that begins `source` also ends it. */
export function isClosed(source: string, style: 'single' | 'double'): boolean {
  if (source.length < 2) return false;
  // Within single quotes two of them are one that does not end the text.
  if (style === 'single') return (/'*$/.exec(source.slice(1))?.[0].length ?? 0) % 2 === 1;
  if (!source.endsWith('"')) return false;
  let backslashes = 0;
  while (source[source.length - 2 - backslashes] === '\\') backslashes++;
  return backslashes % 2 === 0;
}

/** Whether a value begins with a quote that nothing ends, which `parse` reports. Nobody knows what else belongs to it. */
export function isUnclosed({ style, source }: Scalar): boolean {
  return (style === 'single' || style === 'double') && !isClosed(source, style);
}

/**
 * Reports a quoted scalar, which is looked at, when no quote ends it, and ends it where its quote most likely belongs: YAML would let
 * it swallow the brackets behind it, or the rest of the file.
 *
 * @param parent the column of the map or list around it
 */
export function closeQuote(reader: Reader, style: 'single' | 'double', parent: number): void {
  const { token, text, brackets } = reader;
  const source = textOf(reader, token);
  if (isClosed(source, style)) return;
  const isRunaway = token.end === text.length && source.includes('\n');
  const line = isRunaway ? source.slice(0, source.indexOf('\n')) : source;
  const length = line.length - (trailing(line, brackets.length > 0)?.length ?? 0);
  const end = token.start + Math.max(length, 1);
  const tail = brackets.length > 0 ? tokensOf(reader, token, end, line.length + token.start) : [];
  if (isRunaway) tail.push(...restart(reader, token, token.start + line.length + 1, tail, parent));
  let { next } = isRunaway ? { next: undefined } : token;
  for (const each of tail.reverse()) next = { ...each, next };
  reader.token = { ...token, end, next };
  const quote = style === 'single' ? "'" : '"';
  const span = { start: token.start, end };
  broken(reader, token, 'syntax/unclosed-quote', span, { quote }, insertion(`Add ${quote}`, end, quote));
}

/** What stands behind the text in quotes: closing brackets and commas, or a comment. */
function trailing(line: string, inBrackets: boolean): string | undefined {
  let length = line.length;
  if (inBrackets) {
    while (length > 0 && ' \t\r,}]'.includes(line[length - 1] ?? '')) length--;
    return line.slice(length);
  }
  const comment = line.search(/\s#/);
  if (comment > 0) length = comment;
  return line.slice(contentEnd(line.slice(0, length)));
}

/** The brackets and commas between two places of a line, as tokens. */
function tokensOf(reader: Reader, line: Token, from: number, to: number): Token[] {
  const tokens: Token[] = [];
  for (let start = from; start < to; start++) {
    const kind = reader.text[start];
    if (kind === ',' || kind === '}' || kind === ']') tokens.push(place(line, kind, start, start + 1));
  }
  return tokens;
}

/** Reads again from the next line, inside the brackets that are still open. */
function restart(reader: Reader, token: Token, from: number, tail: readonly Token[], parent: number): Token[] {
  const open = reader.brackets.length - tail.filter(({ kind }) => kind !== ',').length;
  reader.restarts += 1;
  if (open <= 0 || reader.restarts > restartLimit) {
    reader.scanner.restart(from);
    return open > 0 ? [place(token, 'flow-error', from, from)] : [];
  }
  const key = parent >= 0 ? `${' '.repeat(parent)}k: ` : '';
  reader.scanner.restart(from, key + '{'.repeat(open));
  return [];
}

function place({ lineStart }: Token, kind: TokenKind, start: number, end: number): Token {
  return {
    kind,
    start,
    end,
    lineStart,
    column: start - lineStart,
    first: false,
    gap: true,
    tab: false,
    bodyStart: 0,
    next: undefined,
  };
}
