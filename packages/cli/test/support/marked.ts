import assert from 'node:assert/strict';
import { type Diagnostic, indexLines, type Span } from '@groundplan/diagnostics';
import type { FileReport } from '../../src/report/report.js';

/** A text in which `«` and `»` stand around the parts that a test is about. */
export interface Marked {
  readonly text: string;
  readonly spans: readonly Span[];
}

export function marked(source: string): Marked {
  const spans: Span[] = [];
  let text = '';
  let start: number | undefined;
  for (const character of source) {
    if (character === '«') {
      start = text.length;
    } else if (character === '»') {
      assert.notEqual(start, undefined, 'a » without «');
      spans.push({ start: start ?? 0, end: text.length });
      start = undefined;
    } else {
      text += character;
    }
  }
  return { text, spans };
}

export function reportOf(file: string, text: string, diagnostics: FileReport['diagnostics']): FileReport {
  return { file, lines: indexLines(text), diagnostics };
}

/** A diagnostic with a message of its own, so that the words of the catalogue may change. */
export function diagnosticAt(span: Span, details: Partial<Diagnostic> = {}): Diagnostic {
  return {
    code: 'schema/repeated',
    severity: 'error',
    message: 'this is wrong',
    span,
    related: [],
    fixes: [],
    ...details,
  };
}
