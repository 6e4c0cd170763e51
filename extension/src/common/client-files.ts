import { FileType, Uri, workspace } from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import { listFolderRequest, readFileRequest, statFileRequest } from './server-protocol.js';

/** As much as the server takes. */
const mostBytes = 16 * 1024 * 1024;

/** Lets the server look at files that only the editor can reach: those of virtual workspaces, and all of them in a browser. */
export function serveFiles(client: BaseLanguageClient): void {
  client.onRequest(readFileRequest, async ({ uri }) => {
    const file = Uri.parse(uri);
    try {
      const { type, size } = await workspace.fs.stat(file);
      if ((type & FileType.Directory) !== 0) return { kind: 'folder' };
      if (size > mostBytes) return { kind: 'too-large' };
      return { kind: 'file', base64: base64Of(await workspace.fs.readFile(file)) };
    } catch (error) {
      if (isAbsence(error)) return { kind: 'missing' };
      return { kind: 'unreadable', reason: 'the editor could not read it' };
    }
  });
  client.onRequest(statFileRequest, async ({ uri }) => {
    try {
      const { type, size, mtime } = await workspace.fs.stat(Uri.parse(uri));
      return `${type} ${size} ${mtime}`;
    } catch {
      return null;
    }
  });
  client.onRequest(listFolderRequest, async ({ uri }) => {
    try {
      const entries = await workspace.fs.readDirectory(Uri.parse(uri));
      // Links to folders may lead in circles.
      return entries
        .filter(([, type]) => type !== (FileType.Directory | FileType.SymbolicLink))
        .map(([name, type]) => ({ name, kind: (type & FileType.Directory) !== 0 ? 'folder' : 'file' }));
    } catch {
      return [];
    }
  });
}

function isAbsence(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'FileNotFound';
}

/** In parts, since a call takes only so many arguments. */
function base64Of(bytes: Uint8Array): string {
  const parts: string[] = [];
  for (let at = 0; at < bytes.length; at += 0x8000) parts.push(String.fromCharCode(...bytes.subarray(at, at + 0x8000)));
  return btoa(parts.join(''));
}
