import { indexLines, normalise, rangeOf } from '@groundplan/diagnostics';
import { readConfig } from '@groundplan/model';
import type { CodeAction, Range, WorkspaceEdit } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Client } from '../client.js';
import { showDiagnostic } from '../diagnostics/translate.js';
import { offsetOf } from '../translate.js';

/** The fixes of what is wrong with a configuration at a range. */
export function configActions(document: TextDocument, range: Partial<Range> | undefined, client: Client): CodeAction[] {
  const { uri, version } = document;
  const text = document.getText();
  const lines = indexLines(text);
  const start = offsetOf(lines, range?.start);
  const end = offsetOf(lines, range?.end);
  return normalise(readConfig(text).diagnostics)
    .filter(({ span }) => span.start <= end && start <= span.end)
    .flatMap((diagnostic) =>
      diagnostic.fixes.map(({ title, edits }) => {
        const made = edits.map(({ span, newText }) => ({ range: rangeOf(lines, span), newText }));
        const edit: WorkspaceEdit = client.versionedEdits
          ? { documentChanges: [{ textDocument: { uri, version }, edits: made }] }
          : { changes: { [uri]: made } };
        return {
          title,
          kind: 'quickfix',
          edit,
          diagnostics: [showDiagnostic(diagnostic, uri, lines, client)],
          ...(diagnostic.fixes.length === 1 && client.preferredCodeActions ? { isPreferred: true } : {}),
        };
      }),
    );
}
