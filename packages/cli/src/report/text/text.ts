import { type Diagnostic, positionAt, rangeOf, type Severity } from '@groundplan/diagnostics';
import type { Measure } from '../../terminal/cells.js';
import type { Paint } from '../../terminal/paint.js';
import { visible } from '../../terminal/visible.js';
import type { FileReport } from '../report.js';
import { ancestorLines } from './ancestors.js';
import { type FrameStyle, frame } from './frame.js';

export interface TextOptions {
  readonly paint: Paint;
  /** Lines of the topology are cut to it. */
  readonly columns: number;
  readonly measure: Measure;
}

/** Every diagnostic with the lines that it is about, an empty line between two; ends with a line break, or is empty. */
export function renderText(reports: readonly FileReport[], options: TextOptions): string {
  const blocks = reports.flatMap((report) =>
    report.diagnostics.map((diagnostic) => block(report, diagnostic, options)),
  );
  return blocks.map((lines) => `${lines.join('\n')}\n`).join('\n');
}

function block(report: FileReport, diagnostic: Diagnostic, { paint, columns, measure }: TextOptions): string[] {
  const { severity, span, related, label } = diagnostic;
  const last = Math.max(
    ...[span, ...related.map((each) => each.span)].map((each) => rangeOf(report.lines, each).end.line),
  );
  const style: Omit<FrameStyle, 'mark' | 'label' | 'above' | 'paintMark'> = {
    digits: String(last + 1).length,
    columns,
    measure,
    paintGutter: paint.dim,
  };
  return [
    header(report, diagnostic, paint),
    ...frame(report.lines, span, {
      ...style,
      mark: '^',
      label: label === undefined ? undefined : visible(label),
      above: linesAbove(report, diagnostic),
      paintMark: ofSeverity(severity, paint),
    }),
    ...related.flatMap((each) => [
      `  ${place(report, each.span.start)}  ${visible(each.message)}`,
      ...frame(report.lines, each.span, { ...style, mark: '-', label: undefined, above: [], paintMark: paint.blue }),
    ]),
  ];
}

/** `topology.yaml:14:33 error reference/unknown  nothing is called app.wbe`; what the label says already is not said twice. */
function header(report: FileReport, { severity, code, message, label, span }: Diagnostic, paint: Paint): string {
  const said = label !== undefined && message.endsWith(`: ${label}`) ? message.slice(0, -label.length - 2) : message;
  const word = paint.bold(ofSeverity(severity, paint)(severity));
  return `${paint.bold(place(report, span.start))} ${word} ${paint.cyan(code)}  ${visible(said)}`;
}

function place(report: FileReport, offset: number): string {
  const { line, character } = positionAt(report.lines, offset);
  return `${visible(report.file)}:${line + 1}:${character + 1}`;
}

/** The keys above what is marked; where the text is no YAML, its indentation says little, and the two lines before it are shown. */
function linesAbove(report: FileReport, { code, span }: Diagnostic): number[] {
  const { line } = positionAt(report.lines, span.start);
  if (code.startsWith('syntax/')) return [line - 2, line - 1].filter((each) => each >= 0);
  return ancestorLines(report.lines, line);
}

function ofSeverity(severity: Severity, paint: Paint): (text: string) => string {
  switch (severity) {
    case 'error':
      return paint.red;
    case 'warning':
      return paint.yellow;
    case 'information':
      return paint.blue;
    case 'hint':
      return paint.cyan;
  }
}
