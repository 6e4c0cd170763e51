import assert from 'node:assert/strict';
import type { Edit } from '@groundplan/diagnostics';

/** A text after edits, which must be sorted and must not overlap. */
export function applied(text: string, edits: readonly Edit[]): string {
  let result = '';
  let at = 0;
  for (const { span, newText } of edits) {
    assert.ok(
      at <= span.start && span.start <= span.end && span.end <= text.length,
      'edits are sorted and do not overlap',
    );
    result += text.slice(at, span.start) + newText;
    at = span.end;
  }
  return result + text.slice(at);
}
