import type { SymbolKind as Kind } from '@groundplan/ide';
import { SymbolKind } from 'vscode-languageserver';

/** Of those that every client knows. */
export const symbolKinds: Readonly<Record<Kind, SymbolKind>> = {
  namespace: SymbolKind.Namespace,
  entity: SymbolKind.Class,
  field: SymbolKind.Field,
  text: SymbolKind.String,
  number: SymbolKind.Number,
  boolean: SymbolKind.Boolean,
  list: SymbolKind.Array,
};
