import type { FileLook } from '@groundplan/hosts';
import type { Connection } from 'vscode-languageserver';
import type { Client } from './client.js';
import type { Documents } from './documents.js';
import type { FileSystem, FolderEntry, Host } from './host.js';
import { listFolder, readFile, statFile } from './protocol.js';
import { schemeOf } from './uris.js';

/** Undefined where nobody can look at files of that scheme. */
export type FilesOf = (uri: string) => FileSystem | undefined;

/** The host's own files, and through the client those that only it can reach, if it offers that. */
export function filesFinder(host: Host, client: Client, connection: Connection): FilesOf {
  const ofClient = client.files ? clientFiles(connection) : undefined;
  return (uri) => (schemeOf(uri) === 'untitled' ? undefined : (host.files.get(schemeOf(uri)) ?? ofClient));
}

/** Files in which what is open in the client has the text that stands there. */
export function withOpenDocuments(files: FileSystem, documents: Documents): FileSystem {
  return {
    ...files,
    look: async (uri) => {
      const document = documents.find(uri);
      return document === undefined
        ? files.look(uri)
        : { kind: 'file', bytes: new TextEncoder().encode(document.getText()) };
    },
    stamp: async (uri) => {
      const document = documents.find(uri);
      return document === undefined ? files.stamp(uri) : `open ${document.version}`;
    },
  };
}

function clientFiles(connection: Connection): FileSystem {
  return {
    look: async (uri): Promise<FileLook> => {
      try {
        const answer = await connection.sendRequest(readFile, { uri });
        if (answer.kind !== 'file') return answer;
        return { kind: 'file', bytes: Uint8Array.from(atob(answer.base64), (character) => character.charCodeAt(0)) };
      } catch {
        return { kind: 'unreadable', reason: 'the editor could not read it' };
      }
    },
    stamp: (uri) =>
      connection.sendRequest(statFile, { uri }).then(
        (answer) => answer ?? undefined,
        () => undefined,
      ),
    list: (uri) =>
      connection.sendRequest(listFolder, { uri }).then(
        (entries): readonly FolderEntry[] => entries,
        () => [],
      ),
  };
}
