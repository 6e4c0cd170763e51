import type { Span } from '@groundplan/diagnostics';
import type { Scalar } from './nodes.js';
import { isClosed } from './quotes.js';
import { contentStart, isSpace, withoutTrailingSpace } from './white-space.js';

export type TextPart = TextOnly | Interpolation | UnclosedInterpolation;

/** Text between interpolations, decoded: without quotes and escapes, `$${` already a literal `${`. */
export interface TextOnly {
  readonly kind: 'text';
  readonly text: string;
  readonly span: Span;
}

/** `${expression}`; white space around the expression belongs to neither it nor its span. */
export interface Interpolation {
  readonly kind: 'interpolation';
  /** From the `$` to after the `}`. */
  readonly span: Span;
  readonly expression: string;
  readonly expressionSpan: Span;
}

/** `${` that no `}` ends before the next `${` or the end of its line; `text` is what stands there from the `${` on. */
export interface UnclosedInterpolation {
  readonly kind: 'problem';
  readonly span: Span;
  readonly text: string;
}

/**
 * The parts of a text in their order, so that a template can be rebuilt by joining them. Spans are those of the source, in every
 * style of quoting. A scalar that is no text, and an empty one, has no parts.
 */
export function scanInterpolations(node: Scalar): readonly TextPart[] {
  if (typeof node.value !== 'string' || node.value === '') return [];
  if (!node.value.includes('${')) return [{ kind: 'text', text: node.value, span: contentSpan(node) }];
  return scan(node, node.value);
}

function scan(node: Scalar, value: string): TextPart[] {
  const places = placesOf(node, value);
  const parts: TextPart[] = [];
  let text = '';
  let end = places.content.start;
  let at = 0;
  for (let found = value.indexOf('${'); found >= 0; found = value.indexOf('${', at)) {
    const isLiteral = found > at && value[found - 1] === '$';
    const index = isLiteral ? found - 1 : found;
    text += value.slice(at, index);
    at = found + 2;
    if (isLiteral) text += '${';
    else {
      if (text !== '') parts.push({ kind: 'text', text, span: { start: end, end: startOf(places, index) } });
      text = '';
      const part = interpolationAt(value, index, places);
      parts.push(part);
      at = part.kind === 'problem' ? index + part.text.length : value.indexOf('}', index) + 1;
      end = part.span.end;
    }
  }
  text += value.slice(at);
  if (text !== '') parts.push({ kind: 'text', text, span: { start: end, end: places.content.end } });
  return parts;
}

/** Where the characters of the text of `node` stand. */
interface Places {
  readonly node: Scalar;
  readonly content: Span;
  /** Of each character; undefined when the text is written as it reads, as nearly every text is: then nothing needs counting. */
  readonly starts: readonly number[] | undefined;
}

function placesOf(node: Scalar, value: string): Places {
  const content = contentSpan(node);
  const isVerbatim = content.end - content.start === value.length && node.source.includes(value);
  return { node, content, starts: isVerbatim ? undefined : sourceOffsets(node, value) };
}

/** Where a character of the text begins in the file. */
function startOf({ content, starts }: Places, at: number): number {
  return starts === undefined ? Math.min(content.start + at, content.end) : (starts[at] ?? content.end);
}

function endOf(places: Places, at: number): number {
  const start = startOf(places, at);
  return start + unitLength(places.node, places.node.source, start - places.node.span.start);
}

/** What begins with the `${` at `at`. */
function interpolationAt(value: string, at: number, places: Places): Interpolation | UnclosedInterpolation {
  const from = at + 2;
  const end = endOfExpression(value, from);
  if (value[end] !== '}') {
    const text = withoutTrailingSpace(value.slice(at, end));
    return { kind: 'problem', span: { start: startOf(places, at), end: endOf(places, at + text.length - 1) }, text };
  }
  const first = Math.min(contentStart(value, from), end);
  const expression = withoutTrailingSpace(value.slice(first, end));
  const start = expression === '' ? endOf(places, from - 1) : startOf(places, first);
  return {
    kind: 'interpolation',
    span: { start: startOf(places, at), end: endOf(places, end) },
    expression,
    expressionSpan: { start, end: expression === '' ? start : endOf(places, first + expression.length - 1) },
  };
}

/** Where a `}`, the end of the line or the next `${` or `$${` is; the end of the text where there is none. */
function endOfExpression(value: string, from: number): number {
  for (let at = from; at < value.length; at++) {
    const character = value[at];
    if (character === '}' || character === '\n') return at;
    if (character === '$' && (value.startsWith('{', at + 1) || value.startsWith('${', at + 1))) return at;
  }
  return value.length;
}

/** The span of what a scalar says: without its quotes, or without the header line of a block. */
function contentSpan({ style, span, source }: Scalar): Span {
  switch (style) {
    case 'plain':
      return span;
    case 'single':
    case 'double': {
      return { start: span.start + 1, end: isClosed(source, style) ? span.end - 1 : span.end };
    }
    case 'literal':
    case 'folded': {
      const header = /^[^\r\n]*(?:\r\n|\r|\n)?/.exec(source)?.[0].length ?? 0;
      return { start: span.start + header, end: span.end };
    }
  }
}

/**
 * Where each character of `value` begins in the source. Folding and indentation touch white space only, so the n-th character
 * that is no white space is the same in both; white space is taken to begin where the character before it ends.
 */
function sourceOffsets(node: Scalar, value: string): number[] {
  const { start, end } = contentSpan(node);
  const content = node.source.slice(start - node.span.start, end - node.span.start);
  const offsets: number[] = [];
  let at = 0;
  for (let index = 0; index < value.length; index++) {
    if (isSpace(value.charCodeAt(index)) && !startsEscape(node, content, at)) {
      offsets.push(start + at);
      if (isSpace(content.charCodeAt(at))) at++;
      continue;
    }
    at = skipSpace(node, content, at);
    offsets.push(start + at);
    const length = unitLength(node, content, at);
    // A character beyond the basic plane is two units in the text, and one escape in the source.
    if (
      content[at] === '\\' &&
      node.style === 'double' &&
      /[\ud800-\udbff]/.test(value[index] ?? '') &&
      content[at + 1] === 'U'
    ) {
      offsets.push(start + at);
      index++;
    }
    at += length;
  }
  return offsets;
}

/** How much of the source stands for one character of the text. */
function unitLength(node: Scalar, source: string, at: number): number {
  if (node.style === 'single') return source.startsWith("''", at) ? 2 : 1;
  if (node.style !== 'double' || source[at] !== '\\') return 1;
  const kind = source[at + 1];
  return kind === 'x' ? 4 : kind === 'u' ? 6 : kind === 'U' ? 10 : 2;
}

function startsEscape(node: Scalar, content: string, at: number): boolean {
  return node.style === 'double' && content[at] === '\\' && !/[\r\n]/.test(content[at + 1] ?? '');
}

/** Over white space, over a backslash that joins two lines, and over one that makes a space count. */
function skipSpace(node: Scalar, content: string, from: number): number {
  let at = from;
  while (at < content.length) {
    if (isSpace(content.charCodeAt(at))) at++;
    else if (node.style === 'double' && content[at] === '\\' && isSpace(content.charCodeAt(at + 1))) at++;
    else break;
  }
  return at;
}
