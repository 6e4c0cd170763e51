import { documentationUrl, type Edit, type LineIndex, rangeOf } from '@groundplan/diagnostics';
import type { FileReport } from './report.js';

/** An array with one object a diagnostic, as cli.md says; lines and characters from 0 in UTF-16 units. */
export function renderJson(reports: readonly FileReport[]): string {
  const objects = reports.flatMap(({ file, lines, diagnostics }) =>
    diagnostics.map(({ code, severity, message, span, related, fixes }) => ({
      file,
      code,
      severity,
      message,
      range: rangeOf(lines, span),
      url: documentationUrl(code),
      related: related.map((each) => ({ file, range: rangeOf(lines, each.span), message: each.message })),
      fixes: fixes.map(({ title, edits }) => ({ title, edits: edits.map((edit) => editObject(lines, edit)) })),
    })),
  );
  return `${JSON.stringify(objects, undefined, 2)}\n`;
}

function editObject(lines: LineIndex, { span, newText }: Edit) {
  return { range: rangeOf(lines, span), newText };
}
