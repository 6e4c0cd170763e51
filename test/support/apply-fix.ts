import type { Fix } from '@groundplan/diagnostics';

/** The text after a fix; edits must not overlap. */
export function applyFix(text: string, fix: Fix): string {
  const edits = [...fix.edits].sort((a, b) => b.span.start - a.span.start);
  let result = text;
  let limit = text.length;
  for (const { span, newText } of edits) {
    if (span.end > limit) throw new Error(`the edits of "${fix.title}" overlap`);
    result = result.slice(0, span.start) + newText + result.slice(span.end);
    limit = span.start;
  }
  return result;
}
