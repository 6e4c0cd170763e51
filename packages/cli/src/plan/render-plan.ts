import type { PlacedChange } from '@groundplan/terraform';
import type { Context } from '../command.js';
import { defaultColumns, measureFor, type ReportFormat, renderReports } from '../report/formats.js';
import { countDiagnostics, errorsOnly, type FileReport } from '../report/report.js';

export interface RenderPlanOptions {
  /** Undefined when nothing was planned. */
  readonly changes: readonly PlacedChange[] | undefined;
  readonly complete: boolean;
  readonly warningsFail: boolean;
}

/**
 * A plan in one of the formats of `--format`. The text lists the changes of `topology` under its lines, and then what is to be said
 * about them; the other formats have a diagnostic for each change.
 */
export async function renderPlan(
  format: ReportFormat,
  topology: FileReport,
  reports: readonly FileReport[],
  { changes, complete, warningsFail }: RenderPlanOptions,
  context: Context,
): Promise<string> {
  const options = { paint: context.paint, columns: context.stdout.columns, warningsFail };
  if (context.quiet) return renderReports(format, errorsOnly(reports), { ...options, counts: undefined });
  if (format !== 'text') return renderReports(format, reports, { ...options, counts: countDiagnostics(reports) });

  const { file, lines } = topology;
  const listed = reports.map(withoutChanges);
  const hasMore = changes === undefined || listed.some(({ diagnostics }) => diagnostics.length > 0);
  const more = hasMore ? await renderReports('text', listed, { ...options, counts: countDiagnostics(listed) }) : '';
  if (changes === undefined) return more;
  const { planText } = await import('./plan-text.js');
  const { paint, columns = defaultColumns } = options;
  const list = planText(file, lines, changes, { paint, columns, measure: await measureFor([topology]), complete });
  return list === '' || more === '' ? list + more : `${list}\n${more}`;
}

/** The list says them already. */
function withoutChanges(report: FileReport): FileReport {
  return { ...report, diagnostics: report.diagnostics.filter(({ code }) => code !== 'plan/change') };
}
