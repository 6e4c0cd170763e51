import { type Edit, positionAt, type Span } from '@groundplan/diagnostics';
import type { SyntaxTree } from '@groundplan/syntax';

export function sameEdits(a: readonly Edit[], b: readonly Edit[]): boolean {
  return (
    a.length === b.length &&
    a.every((edit, index) => {
      const other = b[index];
      return (
        other !== undefined &&
        edit.span.start === other.span.start &&
        edit.span.end === other.span.end &&
        edit.newText === other.newText
      );
    })
  );
}

/** Whether two edits cannot be made together: they overlap, or touch, so that their order would matter. */
export function collide(a: Span, b: Span): boolean {
  return a.start <= b.end && b.start <= a.end;
}

/** The line break that a text uses. */
export function lineBreakOf(text: string): string {
  return text.includes('\r\n') ? '\r\n' : '\n';
}

/** Whether a comment ignores something on one of the lines of a span: what stands there must stay on its line. */
export function hasIgnoredLine({ lines, suppressions }: SyntaxTree, span: Span): boolean {
  const first = positionAt(lines, span.start).line;
  const last = positionAt(lines, span.end).line;
  return suppressions.some(({ line }) => first <= line && line <= last);
}
