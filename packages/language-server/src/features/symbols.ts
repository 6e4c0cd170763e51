import { documentSymbols, type OutlineSymbol } from '@groundplan/ide';
import type { DocumentSymbol, DocumentSymbolParams, SymbolInformation } from 'vscode-languageserver';
import type { Checked } from '../analyses.js';
import { locationIn, rangeIn } from '../translate.js';
import type { Feature } from './index.js';
import { symbolKinds } from './symbol-kinds.js';

export const symbolFeature: Feature = ({ connection, answers, client }) => {
  connection.onDocumentSymbol(
    answers.about<DocumentSymbolParams, DocumentSymbol[] | SymbolInformation[]>([], (checked) => {
      const symbols = documentSymbols(checked.snapshot);
      return client.nestedSymbols ? nested(checked, symbols) : flat(checked, symbols, undefined);
    }),
  );
  return { documentSymbolProvider: true };
};

function nested(checked: Checked, symbols: readonly OutlineSymbol[]): DocumentSymbol[] {
  return symbols.map(({ name, detail, kind, span, nameSpan, children }) => ({
    // An empty name is against the protocol, and makes VS Code refuse the whole outline.
    name: name === '' ? '""' : name,
    ...(detail === undefined ? {} : { detail }),
    kind: symbolKinds[kind],
    range: rangeIn(checked, span),
    selectionRange: rangeIn(checked, nameSpan),
    children: nested(checked, children),
  }));
}

function flat(checked: Checked, symbols: readonly OutlineSymbol[], container: string | undefined): SymbolInformation[] {
  return symbols.flatMap(({ name, kind, span, children }) => [
    {
      name: name === '' ? '""' : name,
      kind: symbolKinds[kind],
      location: locationIn(checked, span),
      ...(container === undefined ? {} : { containerName: container }),
    },
    ...flat(checked, children, name),
  ]);
}
