import { catalogFile, configFile, isTopologyName } from '@groundplan/model';
import { type Connection, TextDocuments } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { baseName, keyOf } from './uris.js';

export type DocumentKind = 'topology' | 'config' | 'catalog' | 'other';

/** The documents that are open in the client, with the text that it sees. */
export interface Documents {
  readonly all: () => readonly TextDocument[];
  readonly get: (uri: string) => TextDocument | undefined;
  /** The same however the address is written. */
  readonly find: (uri: string) => TextDocument | undefined;
  readonly onChange: (listen: (document: TextDocument) => void) => void;
  readonly onClose: (listen: (document: TextDocument) => void) => void;
  readonly onSave: (listen: (document: TextDocument) => void) => void;
}

/** Begins to follow what the client opens, changes and closes. */
export function followDocuments(connection: Connection): Documents {
  const documents = new TextDocuments(TextDocument);
  documents.listen(connection);
  return {
    all: () => documents.all(),
    get: (uri) => documents.get(uri),
    find: (uri) => documents.get(uri) ?? documents.all().find((document) => keyOf(document.uri) === keyOf(uri)),
    onChange: (listen) => documents.onDidChangeContent(({ document }) => listen(document)),
    onClose: (listen) => documents.onDidClose(({ document }) => listen(document)),
    onSave: (listen) => documents.onDidSave(({ document }) => listen(document)),
  };
}

/**
 * What a document is: by its name, and where the name says nothing by what the client calls its language. So a server that is
 * attached to every YAML file keeps silent about those that are none of its own.
 */
export function kindOf({ uri, languageId }: TextDocument): DocumentKind {
  const name = baseName(uri);
  if (name === configFile) return 'config';
  if (name === catalogFile) return 'catalog';
  return isTopologyName(name) || languageId === 'topology' ? 'topology' : 'other';
}
