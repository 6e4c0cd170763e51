import type { Measure } from '../terminal/cells.js';
import type { Paint } from '../terminal/paint.js';
import { version } from '../version.js';
import { type Counts, countsLine, type FileReport } from './report.js';

export const reportFormats = ['text', 'json', 'sarif', 'junit', 'github'] as const;

export type ReportFormat = (typeof reportFormats)[number];

export interface ReportOptions {
  readonly paint: Paint;
  /** Columns of the terminal; undefined when the text goes elsewhere. */
  readonly columns: number | undefined;
  /** Of everything, also of what `--quiet` leaves out; undefined leaves out the line of counts. */
  readonly counts: Counts | undefined;
  /** There are more warnings than allowed. */
  readonly warningsFail: boolean;
}

/** Columns where no terminal says how many it has. */
export const defaultColumns = 120;

/** Reports in one of the formats of `--format`. Each format is loaded only when it is asked for. */
export async function renderReports(
  format: ReportFormat,
  reports: readonly FileReport[],
  options: ReportOptions,
): Promise<string> {
  switch (format) {
    case 'text': {
      const counts = options.counts === undefined ? '' : `${countsLine(options.counts, reports.length)}\n`;
      if (reports.every(({ diagnostics }) => diagnostics.length === 0)) return counts;
      const { renderText } = await import('./text/text.js');
      const { paint, columns = defaultColumns } = options;
      const text = renderText(reports, { paint, columns, measure: await measureFor(reports) });
      return counts === '' ? text : `${text}\n${counts}`;
    }
    case 'json':
      return (await import('./json.js')).renderJson(reports);
    case 'sarif':
      return (await import('./sarif.js')).renderSarif(reports, version());
    case 'junit':
      return (await import('./junit.js')).renderJunit(reports, options.warningsFail);
    case 'github':
      return (await import('./github.js')).renderGithub(reports);
  }
}

/** What knows the width of every character takes a while to load, and is not needed for ASCII. */
export async function measureFor(reports: readonly FileReport[]): Promise<Measure> {
  const isPlain = reports.every(({ lines }) => /^[\0-\u007f]*$/.test(lines.text));
  return isPlain ? (text) => text.length : (await import('string-width')).default;
}
