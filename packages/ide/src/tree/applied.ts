import { compareSpans, type Edit } from '@groundplan/diagnostics';

/** The text after edits, in any order, that do not overlap. */
export function applied(text: string, edits: readonly Edit[]): string {
  let result = '';
  let at = 0;
  for (const { span, newText } of [...edits].sort((a, b) => compareSpans(a.span, b.span))) {
    result += text.slice(at, span.start) + newText;
    at = span.end;
  }
  return result + text.slice(at);
}
