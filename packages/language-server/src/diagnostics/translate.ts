import { type Diagnostic, documentationUrl, type LineIndex, rangeOf, type Severity } from '@groundplan/diagnostics';
import { DiagnosticSeverity, DiagnosticTag, type Diagnostic as ShownDiagnostic } from 'vscode-languageserver';
import type { Client } from '../client.js';

const severities: Readonly<Record<Severity, DiagnosticSeverity>> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  information: DiagnosticSeverity.Information,
  hint: DiagnosticSeverity.Hint,
};

/** A diagnostic of the document `uri`, with as much of it as the client can show. */
export function showDiagnostic(diagnostic: Diagnostic, uri: string, lines: LineIndex, client: Client): ShownDiagnostic {
  const { code, severity, message, span, related, unnecessary } = diagnostic;
  return {
    range: rangeOf(lines, span),
    severity: severities[severity],
    code,
    ...(client.codeDescriptions ? { codeDescription: { href: documentationUrl(code) } } : {}),
    source: 'groundplan',
    message,
    ...(unnecessary && client.fadesUnnecessary ? { tags: [DiagnosticTag.Unnecessary] } : {}),
    ...(client.relatedInformation && related.length > 0
      ? {
          relatedInformation: related.map((each) => ({
            location: { uri, range: rangeOf(lines, each.span) },
            message: each.message,
          })),
        }
      : {}),
  };
}
