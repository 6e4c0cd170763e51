import { rangeOf, type Severity } from '@groundplan/diagnostics';
import type { FileReport } from './report.js';

/**
 * One workflow command a diagnostic, which GitHub Actions turns into an annotation of the line.
 * Form: https://docs.github.com/actions/reference/workflow-commands-for-github-actions; lines and columns from 1.
 */
export function renderGithub(reports: readonly FileReport[]): string {
  return reports
    .flatMap(({ file, lines, diagnostics }) =>
      diagnostics.map(({ code, severity, message, span }) => {
        const { start, end } = rangeOf(lines, span);
        const properties = {
          file,
          line: start.line + 1,
          endLine: end.line + 1,
          // GitHub refuses columns on an annotation of several lines.
          ...(start.line === end.line ? { col: start.character + 1, endColumn: end.character + 1 } : {}),
          title: code,
        };
        const written = Object.entries(properties).map(([name, value]) => `${name}=${escapeProperty(String(value))}`);
        return `::${levels[severity]} ${written.join(',')}::${escapeData(message)}\n`;
      }),
    )
    .join('');
}

const levels: Readonly<Record<Severity, string>> = {
  error: 'error',
  warning: 'warning',
  information: 'notice',
  hint: 'notice',
};

function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
