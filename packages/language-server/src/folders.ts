import type { Connection, InitializeParams } from 'vscode-languageserver';
import type { Client } from './client.js';
import { keyOf } from './uris.js';

/** The folders that the client works in, as they are at each moment; older clients have at most one (`rootUri`). */
export function followFolders(
  connection: Connection,
  client: Client,
  params: InitializeParams,
  onInitialized: (work: () => void) => void,
): () => readonly string[] {
  const ofRoot = typeof params.rootUri === 'string' ? [params.rootUri] : [];
  let folders = params.workspaceFolders?.map(({ uri }) => uri) ?? ofRoot;
  if (client.workspaceFolders) {
    onInitialized(() => {
      connection.workspace.onDidChangeWorkspaceFolders(({ added, removed }) => {
        const gone = new Set(removed.map(({ uri }) => keyOf(uri)));
        const kept = folders.filter((uri) => !gone.has(keyOf(uri)));
        folders = [...kept, ...added.map(({ uri }) => uri).filter((uri) => !kept.includes(uri))];
      });
    });
  }
  return () => folders;
}
