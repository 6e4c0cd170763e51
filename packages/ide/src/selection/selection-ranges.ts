import { compareSpans, positionAt, type Span, touches } from '@groundplan/diagnostics';
import { type Entry, type Node, type Scalar, type SyntaxTree, scanInterpolations } from '@groundplan/syntax';
import type { Snapshot } from '../snapshot.js';
import { contentOf, holds, ownEntries, ownItems, ownValue, withoutQuotes } from '../tree/own.js';

/**
 * What a selection grows over from `offset`, innermost first: a word, a reference, the text in its quotes, the value, the entry, the map,
 * and so on to the whole document. Each span holds the one before it and is larger.
 */
export function selectionRanges({ tree }: Snapshot, offset: number): readonly Span[] {
  const at = Math.max(0, Math.min(offset, tree.text.length));
  const spans: Span[] = [{ start: 0, end: tree.text.length }];
  const comment = tree.comments.find(({ span }) => span.start <= at && at <= span.end);
  if (tree.root !== undefined) ofNode(tree, tree.root, at, spans);
  if (comment !== undefined) spans.push(...ofComment(tree, comment.span));
  spans.push(...wordsAt(tree.text, at));
  return nested(spans, at);
}

/** Those around the offset, from the smallest on, each within the next. */
function nested(spans: readonly Span[], offset: number): Span[] {
  const sorted = spans
    .filter((span) => touches(span, offset) && span.end > span.start)
    .sort((a, b) => lengthOf(a) - lengthOf(b) || compareSpans(a, b));
  const kept: Span[] = [];
  for (const span of sorted) {
    const inner = kept.at(-1);
    if (inner === undefined || (holds(span, inner) && lengthOf(span) > lengthOf(inner))) kept.push(span);
  }
  const [whole] = spans;
  return kept.length === 0 && whole !== undefined ? [whole] : kept;
}

function lengthOf({ start, end }: Span): number {
  return end - start;
}

function ofNode(tree: SyntaxTree, node: Node, offset: number, spans: Span[]): void {
  if (!touches(node.span, offset)) return;
  spans.push(node.span);
  switch (node.kind) {
    case 'scalar':
      ofScalar(tree, node, offset, spans);
      return;
    case 'mapping':
      if (node.flow) spans.push(insideBrackets(tree.text, node.span));
      for (const entry of ownEntries(node)) if (touches(entry.span, offset)) ofEntry(tree, entry, offset, spans);
      return;
    case 'sequence':
      if (node.flow) spans.push(insideBrackets(tree.text, node.span));
      for (const { item } of ownItems(node)) ofNode(tree, item, offset, spans);
  }
}

function ofEntry(tree: SyntaxTree, entry: Entry, offset: number, spans: Span[]): void {
  spans.push(entry.span, entry.keySpan, withoutQuotes(tree.text, entry.keySpan));
  const value = ownValue(entry);
  if (value !== undefined) ofNode(tree, value, offset, spans);
  else if (entry.alias !== undefined) spans.push(entry.alias);
}

/** The text without its quotes, and the interpolation with what is in it. */
function ofScalar({ text }: SyntaxTree, node: Scalar, offset: number, spans: Span[]): void {
  spans.push(contentOf(text, node));
  if (typeof node.value !== 'string' || !node.value.includes('${')) return;
  for (const part of scanInterpolations(node)) {
    if (!touches(part.span, offset)) continue;
    spans.push(part.span);
    if (part.kind === 'interpolation') spans.push(part.expressionSpan);
  }
}

function insideBrackets(text: string, { start, end }: Span): Span {
  const isClosed = text[end - 1] === '}' || text[end - 1] === ']';
  const inner = text.slice(start + 1, isClosed ? end - 1 : end);
  const from = start + 1 + (inner.length - inner.trimStart().length);
  return { start: from, end: Math.max(from, start + 1 + inner.trimEnd().length) };
}

/** The words of a comment, it alone, and the run of lines that it is part of. */
function ofComment({ comments, lines, text }: SyntaxTree, span: Span): Span[] {
  const ownLine = ({ start }: Span) => {
    const { line } = positionAt(lines, start);
    return text.slice(lines.starts[line], start).trim() === '' ? line : undefined;
  };
  let run = span;
  const index = comments.findIndex((comment) => comment.span.start === span.start);
  for (let at = index; at > 0; at--) {
    const [above, here] = [comments[at - 1]?.span, comments[at]?.span];
    if (above === undefined || here === undefined || ownLine(here) === undefined) break;
    if (ownLine(above) !== (ownLine(here) ?? 0) - 1) break;
    run = { start: above.start, end: run.end };
  }
  for (let at = index; at < comments.length - 1; at++) {
    const [here, below] = [comments[at]?.span, comments[at + 1]?.span];
    if (below === undefined || here === undefined || ownLine(here) === undefined) break;
    if (ownLine(below) !== (ownLine(here) ?? 0) + 1) break;
    run = { start: run.start, end: below.end };
  }
  return [span, run];
}

/** The word at the offset as programs count words, and the longer one with its dots and hyphens: `web`, then `app.web`. */
function wordsAt(text: string, offset: number): Span[] {
  return [/[A-Za-z0-9_]/, /[A-Za-z0-9_-]/, /[A-Za-z0-9_.-]/].map((letter) => {
    let start = offset;
    let end = offset;
    while (start > 0 && letter.test(text[start - 1] ?? '')) start--;
    while (end < text.length && letter.test(text[end] ?? '')) end++;
    return { start, end };
  });
}
