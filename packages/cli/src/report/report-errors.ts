import type { Context } from '../command.js';
import { renderReports } from './formats.js';
import { countDiagnostics, errorsOnly, type FileReport } from './report.js';

/** Shows on standard error what keeps topologies from being used; true when there is anything. */
export async function reportErrors(reports: readonly FileReport[], context: Context): Promise<boolean> {
  const counts = countDiagnostics(reports);
  if (counts.error === 0) return false;
  const rendered = await renderReports('text', errorsOnly(reports), {
    paint: context.notePaint,
    columns: context.stderr.columns,
    counts: context.quiet ? undefined : counts,
    warningsFail: false,
  });
  context.stderr.write(rendered);
  return true;
}
