import { indexLines, normalise } from '@groundplan/diagnostics';
import { readConfig } from '@groundplan/model';
import type { Diagnostic as ShownDiagnostic } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Analyses } from '../analyses.js';
import type { Client } from '../client.js';
import { kindOf } from '../documents.js';
import { showDiagnostic } from './translate.js';

export interface Found {
  readonly version: number;
  readonly diagnostics: readonly ShownDiagnostic[];
}

/** What is wrong with a document, the same that `groundplan check` says. */
export async function findDiagnostics(document: TextDocument, analyses: Analyses, client: Client): Promise<Found> {
  const { uri, version } = document;
  switch (kindOf(document)) {
    case 'topology': {
      const checked = await analyses.of(document);
      const { diagnostics, tree } = checked.snapshot;
      const shown = diagnostics.map((each) => showDiagnostic(each, uri, tree.lines, client));
      return { version: checked.version, diagnostics: shown };
    }
    case 'config': {
      const text = document.getText();
      const lines = indexLines(text);
      const found = normalise(readConfig(text).diagnostics);
      return { version, diagnostics: found.map((each) => showDiagnostic(each, uri, lines, client)) };
    }
    case 'catalog':
    case 'other':
      return { version, diagnostics: [] };
  }
}
