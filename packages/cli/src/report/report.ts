import type { Diagnostic, LineIndex, Severity } from '@groundplan/diagnostics';

/** What is wrong with one file. */
export interface FileReport {
  /** As it is shown: relative to the current folder where it lies under it, with `/`; `<stdin>` for standard input. */
  readonly file: string;
  readonly lines: LineIndex;
  /** Sorted by place. */
  readonly diagnostics: readonly Diagnostic[];
}

export type Counts = Readonly<Record<Severity, number>>;

export function countDiagnostics(reports: readonly FileReport[]): Counts {
  const counts = { error: 0, warning: 0, information: 0, hint: 0 };
  for (const { diagnostics } of reports) for (const { severity } of diagnostics) counts[severity]++;
  return counts;
}

/** `1 error, 2 warnings in 3 files`; informations and hints only where there are some. */
export function countsLine(counts: Counts, files: number): string {
  const parts = [plural(counts.error, 'error'), plural(counts.warning, 'warning')];
  if (counts.information > 0) parts.push(plural(counts.information, 'information'));
  if (counts.hint > 0) parts.push(plural(counts.hint, 'hint'));
  return `${parts.join(', ')} in ${plural(files, 'file')}`;
}

export function plural(count: number, word: string): string {
  return count === 1 ? `1 ${word}` : `${count} ${word}s`;
}

/** Sorted by file name, in the same order everywhere. */
export function sortReports(reports: readonly FileReport[]): FileReport[] {
  return [...reports].sort((a, b) => (a.file < b.file ? -1 : a.file > b.file ? 1 : 0));
}

/** Only the errors of each file. */
export function errorsOnly(reports: readonly FileReport[]): FileReport[] {
  return reports.map((report) => ({
    ...report,
    diagnostics: report.diagnostics.filter(({ severity }) => severity === 'error'),
  }));
}
