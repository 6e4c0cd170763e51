import type { Span } from '@groundplan/diagnostics';
import { CST } from 'yaml';
import { resolvePlain } from './core-schema.js';
import type { Scalar } from './nodes.js';
import { add, broken, insertion, replacement, shown } from './problems.js';
import { isClosed } from './quotes.js';
import { advance, type Reader, textOf } from './reader.js';
import type { Token } from './tokens.js';
import { contentEnd } from './white-space.js';

/** A value that is not there; the span is where it would begin. */
export function emptyScalar(reader: Reader, at: number): Scalar {
  reader.size += 1;
  return { kind: 'scalar', span: { start: at, end: at }, value: null, source: '', style: 'plain' };
}

/**
 * Reads the scalar that is looked at.
 *
 * @param parent the column of the map or list that it stands in, from which a block's indentation counts
 */
export function readScalar(reader: Reader, parent: number): Scalar {
  const token = advance(reader);
  reader.size += 1;
  switch (token.kind) {
    case 'single':
    case 'double':
      return quoted(reader, token, token.kind);
    case 'block':
      return block(reader, token, parent);
    default:
      return plain(reader, token);
  }
}

/** A scalar made of a part of a line that is broken, so that what was meant can still be checked. */
export function scalarOfPart(reader: Reader, span: Span): Scalar {
  reader.size += 1;
  const source = textOf(reader, span);
  const quote = source.length > 1 && source.endsWith(source[0] ?? '') ? source[0] : undefined;
  if (quote === '"' || quote === "'") {
    const value = quote === "'" ? source.slice(1, -1).replaceAll("''", "'") : source.slice(1, -1);
    return { kind: 'scalar', span, value, source, style: quote === '"' ? 'double' : 'single' };
  }
  return { kind: 'scalar', span, value: resolvePlain(source), source, style: 'plain' };
}

function plain(reader: Reader, token: Token): Scalar {
  const source = textOf(reader, token);
  const span = { start: token.start, end: token.end };
  if (isReserved(source.charCodeAt(0))) {
    broken(
      reader,
      token,
      'syntax/quote-value',
      span,
      { because: `a plain value cannot begin with "${source[0]}"` },
      replacement('Put it in quotes', span, JSON.stringify(source)),
    );
  }
  const value = source.includes('\n') ? (resolve(reader, token, 'scalar') ?? source) : source;
  return { kind: 'scalar', span, value: resolvePlain(value), source, style: 'plain' };
}

/** `%`, `@`, `` ` ``, `|`, `>` and `,`: what YAML keeps for itself or for later. */
function isReserved(code: number): boolean {
  return code === 37 || code === 64 || code === 96 || code === 124 || code === 62 || code === 44;
}

function quoted(reader: Reader, token: Token, style: 'single' | 'double'): Scalar {
  const source = textOf(reader, token);
  const span = { start: token.start, end: token.end };
  const simple = style === 'single' ? !/\n|''/.test(source) : !/[\n\\]/.test(source);
  const closed = isClosed(source, style);
  const value = simple
    ? source.slice(1, closed ? -1 : undefined)
    : (resolve(reader, token, `${style}-quoted-scalar`, closed) ?? source);
  if (style === 'double' && !simple) refuseOddCharacters(reader, token, value);
  return { kind: 'scalar', span, value, source, style };
}

/** What an escape can write but no file, host name or environment variable can hold. */
function refuseOddCharacters(reader: Reader, token: Token, value: string): void {
  const odd = /\0|\p{Surrogate}/u.exec(value)?.[0];
  if (odd === undefined) return;
  const name = odd === '\0' ? 'NUL' : `half a pair of UTF-16 (\\u${odd.charCodeAt(0).toString(16)})`;
  add(reader, 'syntax/escape', token, { found: name });
}

function block(reader: Reader, token: Token, parent: number): Scalar {
  const whole = textOf(reader, token);
  const style = whole.startsWith('>') ? 'folded' : 'literal';
  const header = /^[^ \t\r\n#]+/.exec(whole)?.[0] ?? '';
  if (!/^[|>](?:[-+]?[1-9]?|[1-9][-+])$/.test(header)) {
    broken(
      reader,
      token,
      'syntax/invalid-yaml',
      { start: token.start, end: token.start + header.length },
      {
        reason: `"${header}" begins no block of text: only "-" or "+" and one digit may follow ${header[0]}`,
      },
    );
  }
  const body = reader.text.slice(token.bodyStart, token.end);
  const value =
    CST.resolveAsScalar(
      {
        type: 'block-scalar',
        offset: token.bodyStart - header.length,
        indent: Math.max(parent, 0),
        props: [{ type: 'block-scalar-header', offset: token.bodyStart - header.length, indent: 0, source: header }],
        source: body,
      },
      true,
      (offset, code) => blockProblem(reader, token, offset, code, parent),
    )?.value ?? '';
  const end = token.start + contentEnd(whole);
  return {
    kind: 'scalar',
    span: { start: token.start, end },
    value,
    source: textOf(reader, { start: token.start, end }),
    style,
  };
}

function blockProblem(reader: Reader, token: Token, offset: number, code: string, parent: number): void {
  // The header is checked above; at the root a block need not be indented.
  if (code === 'UNEXPECTED_TOKEN' || parent < 0) return;
  const start = Math.min(Math.max(offset, token.bodyStart), token.end);
  const lineEnd = reader.text.indexOf('\n', start);
  broken(
    reader,
    token,
    'syntax/invalid-yaml',
    { start, end: lineEnd < 0 ? token.end : lineEnd },
    {
      reason: 'this line is not indented as the first line of its block of text is: line them up',
    },
  );
}

/** The text of a scalar with escapes or several lines. */
function resolve(
  reader: Reader,
  token: Token,
  type: 'scalar' | 'single-quoted-scalar' | 'double-quoted-scalar',
  closed = true,
): string | undefined {
  const source = textOf(reader, token);
  const complete = closed ? source : `${source}${type === 'single-quoted-scalar' ? "'" : '"'}`;
  return CST.resolveAsScalar({ type, offset: token.start, indent: -1, source: complete }, true, (offset, code) => {
    if (code !== 'BAD_DQ_ESCAPE') return;
    const found = /^\\(?:x.{0,2}|u.{0,4}|U.{0,8}|.?)/.exec(source.slice(offset - token.start))?.[0] ?? '\\';
    const length = /^\\[xuU]/.test(found) ? (/^\\.[0-9a-fA-F]*/.exec(found)?.[0].length ?? 2) : found.length;
    const span = { start: offset, end: Math.min(offset + length, token.end) };
    add(
      reader,
      'syntax/escape',
      span,
      { found: shown(textOf(reader, span)) },
      insertion('Write the backslash twice', offset, '\\'),
    );
  })?.value;
}
