import { type Diagnostic, positionAt } from '@groundplan/diagnostics';
import { countDiagnostics, type FileReport } from './report.js';

/**
 * JUnit's XML as Jenkins reads it (its schema junit-10.xsd): a suite a file, a case a diagnostic, and one case that passes for a
 * file without any. Errors are failures; what is no error passes and says itself in `system-out`, unless `warningsFail`, when
 * there are more warnings than `--max-warnings` allows. No times and no host name: the same input gives the same bytes.
 */
export function renderJunit(reports: readonly FileReport[], warningsFail: boolean): string {
  const suites = reports.map((report) => suite(report, warningsFail));
  const total = (key: 'tests' | 'failures') => suites.reduce((sum, each) => sum + each[key], 0);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="groundplan" tests="${total('tests')}" failures="${total('failures')}" errors="0">`,
    ...suites.flatMap(({ xml }) => xml),
    '</testsuites>',
    '',
  ].join('\n');
}

function suite(report: FileReport, warningsFail: boolean): { xml: string[]; tests: number; failures: number } {
  const counts = countDiagnostics([report]);
  const tests = Math.max(1, report.diagnostics.length);
  const failures = counts.error + (warningsFail ? counts.warning : 0);
  const file = attribute(report.file);
  const cases =
    report.diagnostics.length === 0
      ? [`    <testcase name="no diagnostics" classname="${file}"/>`]
      : report.diagnostics.flatMap((diagnostic) => testCase(report, diagnostic, warningsFail));
  const open = `  <testsuite name="${file}" tests="${tests}" failures="${failures}" errors="0" skipped="0">`;
  return { xml: [open, ...cases, '  </testsuite>'], tests, failures };
}

function testCase(report: FileReport, diagnostic: Diagnostic, warningsFail: boolean): string[] {
  const { code, severity, message, span } = diagnostic;
  const { line, character } = positionAt(report.lines, span.start);
  const place = `${report.file}:${line + 1}:${character + 1}`;
  const fails = severity === 'error' || (severity === 'warning' && warningsFail);
  const said = content(`${place} ${severity} ${code}  ${message}`);
  return [
    `    <testcase name="${attribute(`${line + 1}:${character + 1} ${code}`)}" classname="${attribute(report.file)}">`,
    fails
      ? `      <failure type="${attribute(code)}" message="${attribute(message)}">${said}</failure>`
      : `      <system-out>${said}</system-out>`,
    '    </testcase>',
  ];
}

function attribute(text: string): string {
  return content(text).replaceAll('"', '&quot;').replaceAll('\n', '&#10;').replaceAll('\t', '&#9;');
}

function content(text: string): string {
  return allowed(text)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('\r', '&#13;');
}

/** XML 1.0 has no place for most control characters, lone surrogates, U+FFFE and U+FFFF (section 2.2), not even escaped. */
function allowed(text: string): string {
  return text.replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '\ufffd');
}
