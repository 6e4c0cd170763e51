import {
  type Connection,
  type DocumentDiagnosticParams,
  type DocumentDiagnosticReport,
  DocumentDiagnosticReportKind,
} from 'vscode-languageserver';
import type { Session } from '../session.js';
import { findDiagnostics } from './find.js';

/** Answers a client that asks for diagnostics; it is told to ask again when something else than a text has changed. */
export function pullDiagnostics(connection: Connection, { answers, analyses, client, documents }: Session): void {
  const last = new Map<string, { readonly id: string; readonly items: string }>();
  let count = 0;
  documents.onClose(({ uri }) => last.delete(uri));
  const nothing: DocumentDiagnosticReport = { kind: DocumentDiagnosticReportKind.Full, items: [] };
  connection.languages.diagnostics.on(
    answers.newest<DocumentDiagnosticParams, DocumentDiagnosticReport>(nothing, async (document, params) => {
      const { diagnostics } = await findDiagnostics(document, analyses, client);
      const items = JSON.stringify(diagnostics);
      let known = last.get(document.uri);
      if (known?.items !== items) {
        count += 1;
        known = { id: String(count), items };
        if (documents.get(document.uri) === document) last.set(document.uri, known);
      }
      return known.id === params.previousResultId
        ? { kind: DocumentDiagnosticReportKind.Unchanged, resultId: known.id }
        : { kind: DocumentDiagnosticReportKind.Full, resultId: known.id, items: [...diagnostics] };
    }),
  );
}
