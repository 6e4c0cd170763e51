import { type Edit, indexLines, type LineIndex, offsetAt, rangeOf, type Span } from '@groundplan/diagnostics';
import {
  ErrorCodes,
  type Location,
  type MarkupContent,
  MarkupKind,
  type Range,
  ResponseError,
  type TextEdit,
  type WorkspaceEdit,
} from 'vscode-languageserver';
import type { Read } from './analyses.js';
import type { Client } from './client.js';

/**
 * The offset of a position that a client sent.
 *
 * @throws ResponseError when it is no position
 */
export function offsetIn({ snapshot }: Read, position: unknown): number {
  return offsetOf(snapshot.tree.lines, position);
}

/** @throws ResponseError for what is no position */
export function offsetOf(lines: LineIndex, position: unknown): number {
  const { line, character } = (position ?? {}) as Readonly<Record<string, unknown>>;
  if (typeof line !== 'number' || typeof character !== 'number')
    throw new ResponseError(ErrorCodes.InvalidParams, 'this is no position');
  return offsetAt(lines, { line, character });
}

export function spanIn(read: Read, range: Partial<Range> | undefined): Span {
  const start = offsetIn(read, range?.start);
  return { start, end: Math.max(start, offsetIn(read, range?.end)) };
}

export function rangeIn({ snapshot }: Read, span: Span): Range {
  return rangeOf(snapshot.tree.lines, span);
}

export function locationIn(read: Read, span: Span): Location {
  return { uri: read.uri, range: rangeIn(read, span) };
}

/** Edits with the ends of lines that the text has, since not every client turns them into its own. */
export function textEdits(read: Read, edits: readonly Edit[]): TextEdit[] {
  const { text } = read.snapshot.tree;
  const lineEnd = /\r\n|\r|\n/.exec(text)?.[0] ?? '\n';
  return edits.map(({ span, newText }) => ({
    range: rangeIn(read, span),
    newText: newText.replace(/\r\n|\r|\n/g, lineEnd),
  }));
}

/** Edits that a client which knows versions applies only to the text that they were made for. */
export function workspaceEdit(read: Read, edits: readonly Edit[], client: Client): WorkspaceEdit {
  const { uri, version } = read;
  const made = textEdits(read, edits);
  return client.versionedEdits
    ? { documentChanges: [{ textDocument: { uri, version }, edits: made }] }
    : { changes: { [uri]: made } };
}

/** Where a span lies after edits that it was counted behind. */
export function rangeAfter({ snapshot }: Read, edits: readonly Edit[], span: Span): Range {
  let text = snapshot.tree.text;
  for (const edit of [...edits].sort((a, b) => b.span.start - a.span.start))
    text = text.slice(0, edit.span.start) + edit.newText + text.slice(edit.span.end);
  return rangeOf(indexLines(text), span);
}

/** Markdown as the client wants it; without its signs for one that shows plain text only. */
export function markupOf(markdown: string, kind: MarkupKind): MarkupContent {
  return { kind, value: kind === MarkupKind.Markdown ? markdown : plainText(markdown) };
}

function plainText(markdown: string): string {
  return markdown
    .split('\n')
    .filter((line) => !/^\s*(?:```|\|(?:\s*:?-+:?\s*\|)+\s*$)/.test(line))
    .map((line) =>
      line
        .replace(/^#{1,6} /, '')
        .replace(/\[([^\]]*)\]\(([^)\s]*)\)/g, (_, words: string, target: string) =>
          words === target ? words : `${words} (${target})`,
        )
        .replace(/\*\*([^*]+)\*\*/g, '$1')
        .replace(/`([^`]*)`/g, '$1')
        .replace(/\\([\\`*_{}[\]()#+.!|<>-])/g, '$1'),
    )
    .join('\n');
}
