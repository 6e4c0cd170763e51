import type { Span } from '@groundplan/diagnostics';
import type { Scalar } from './nodes.js';
import { isClosed } from './quotes.js';
import { isSpace } from './white-space.js';

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
  const content = contentSpan(node);
  const starts = sourceOffsets(node, value);
  const before = (at: number) => starts[at] ?? content.end;
  const after = (at: number) => (at < 0 ? content.start : ends(node, starts, at));
  const parts: TextPart[] = [];
  let text = '';
  let textStart = 0;
  const flush = (end: number) => {
    if (text !== '') parts.push({ kind: 'text', text, span: { start: before(textStart), end: after(end - 1) } });
    text = '';
  };
  let at = 0;
  while (at < value.length) {
    if (value.startsWith('$${', at)) {
      if (text === '') textStart = at;
      text += '${';
      at += 3;
    } else if (value.startsWith('${', at)) {
      flush(at);
      const end = endOfExpression(value, at + 2);
      const closed = value[end] === '}';
      const inner = value.slice(at + 2, end);
      if (closed) {
        const expression = inner.trim();
        const from = at + 2 + (expression === '' ? 0 : inner.indexOf(expression));
        const to = from + expression.length;
        const expressionStart = expression === '' ? after(at + 1) : before(from);
        parts.push({
          kind: 'interpolation',
          span: { start: before(at), end: after(end) },
          expression,
          expressionSpan: { start: expressionStart, end: expression === '' ? expressionStart : after(to - 1) },
        });
        at = end + 1;
      } else {
        const shown = value.slice(at, end).trimEnd();
        parts.push({ kind: 'problem', span: { start: before(at), end: after(at + shown.length - 1) }, text: shown });
        at = end;
      }
    } else {
      if (text === '') textStart = at;
      const next = value.indexOf('$', at + 1);
      const stop = next < 0 ? value.length : next;
      text += value.slice(at, stop);
      at = stop;
    }
  }
  flush(value.length);
  return parts;
}

/** Where an expression stops: at its `}`, or where it turns out to have none. */
function endOfExpression(value: string, from: number): number {
  const found = /[}\n]|\$\{/g;
  found.lastIndex = from;
  return found.exec(value)?.index ?? value.length;
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

function ends(node: Scalar, starts: readonly number[], at: number): number {
  const start = starts[at];
  if (start === undefined) return contentSpan(node).end;
  return start + unitLength(node, node.source, start - node.span.start);
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
