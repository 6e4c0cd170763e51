import { type Diagnostic, indexLines, lineText, rangeOf } from '@groundplan/diagnostics';

/**
 * A diagnostic as the golden files of test/cases show it: position, severity, code, message, the marked text, then
 * related places and fixes. Deliberately apart from the command line's format, which may change its looks.
 */
export function frame(text: string, diagnostic: Diagnostic): string {
  const lines = indexLines(text);
  const { start, end } = rangeOf(lines, diagnostic.span);
  const shown = [
    `${start.line + 1}:${start.character + 1} ${diagnostic.severity} ${diagnostic.code}  ${diagnostic.message}`,
    `  | ${lineText(lines, start.line)}`,
    `  | ${' '.repeat(start.character)}${mark(lineText(lines, start.line).length, start, end)}`,
  ];
  for (const related of diagnostic.related) {
    const at = rangeOf(lines, related.span).start;
    shown.push(`  related ${at.line + 1}:${at.character + 1} ${related.message}`);
  }
  for (const fix of diagnostic.fixes) shown.push(`  fix: ${fix.title}`);
  return shown.join('\n');
}

function mark(
  lineLength: number,
  start: { line: number; character: number },
  end: { line: number; character: number },
): string {
  const last = end.line === start.line ? end.character : lineLength;
  return `${'^'.repeat(Math.max(1, last - start.character))}${end.line === start.line ? '' : '…'}`;
}
