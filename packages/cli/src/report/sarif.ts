import {
  type Code,
  catalogue,
  documentationUrl,
  type Edit,
  type Entry,
  type LineIndex,
  type Range,
  rangeOf,
  type Severity,
  type Span,
} from '@groundplan/diagnostics';
import { codes } from './codes.js';
import type { FileReport } from './report.js';

/**
 * A SARIF 2.1.0 log with one run (https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html). Its rules are the whole
 * catalogue, so that a reader sees what was looked for. Files are relative to `SRCROOT`, the folder that was checked.
 */
export function renderSarif(reports: readonly FileReport[], version: string): string {
  const rules = codes();
  const log = {
    $schema: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'Groundplan',
            version,
            informationUri: 'https://github.com/groundplan/groundplan',
            rules: rules.map(rule),
          },
        },
        columnKind: 'utf16CodeUnits',
        results: reports.flatMap((report) => resultsOf(report, rules)),
      },
    ],
  };
  return `${JSON.stringify(log, undefined, 2)}\n`;
}

function rule(code: Code) {
  const { title, docs, severity } = catalogue[code] as Entry<never>;
  return {
    id: code,
    shortDescription: { text: title },
    fullDescription: { text: docs, markdown: docs },
    helpUri: documentationUrl(code),
    defaultConfiguration: { level: levels[severity] },
  };
}

const levels: Readonly<Record<Severity, string>> = {
  error: 'error',
  warning: 'warning',
  information: 'note',
  hint: 'note',
};

function resultsOf({ file, lines, diagnostics }: FileReport, rules: readonly Code[]) {
  return diagnostics.map(({ code, severity, message, span, related, fixes }) => ({
    ruleId: code,
    ruleIndex: rules.indexOf(code),
    level: levels[severity],
    message: { text: message },
    locations: [location(file, lines, span)],
    ...(related.length === 0
      ? {}
      : {
          relatedLocations: related.map((each, id) => ({
            id,
            ...location(file, lines, each.span),
            message: { text: each.message },
          })),
        }),
    ...(fixes.length === 0
      ? {}
      : {
          fixes: fixes.map(({ title, edits }) => ({
            description: { text: title },
            artifactChanges: [
              { artifactLocation: artifact(file), replacements: edits.map((edit) => replacement(lines, edit)) },
            ],
          })),
        }),
  }));
}

function location(file: string, lines: LineIndex, span: Span) {
  return { physicalLocation: { artifactLocation: artifact(file), region: region(rangeOf(lines, span)) } };
}

/** A path that leaves the folder that was checked has no base. */
function artifact(file: string) {
  const uri = file.split('/').map(encodeURIComponent).join('/');
  if (file.startsWith('/')) return { uri: `file://${uri}` };
  return file.startsWith('../') ? { uri } : { uri, uriBaseId: 'SRCROOT' };
}

/** SARIF counts lines and columns from 1, and its end column is the one behind the last character. */
function region({ start, end }: Range) {
  return {
    startLine: start.line + 1,
    startColumn: start.character + 1,
    endLine: end.line + 1,
    endColumn: end.character + 1,
  };
}

function replacement(lines: LineIndex, { span, newText }: Edit) {
  return {
    deletedRegion: region(rangeOf(lines, span)),
    ...(newText === '' ? {} : { insertedContent: { text: newText } }),
  };
}
