import { readdir, stat } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { lookAtFile } from '@groundplan/files';
import type { FileSystem, FolderEntry } from '../host.js';

/** The files of this machine, by `file:` addresses. */
export const disk: FileSystem = {
  look: async (uri) => {
    const path = pathOf(uri);
    return path === undefined ? { kind: 'missing' } : lookAtFile(path);
  },
  stamp: async (uri) => {
    try {
      // Of a link, of what it leads to.
      const found = await stat(pathOf(uri) ?? '');
      return `${found.isDirectory() ? 'folder' : 'file'} ${found.ino} ${found.size} ${found.mtimeMs} ${found.ctimeMs}`;
    } catch {
      return undefined;
    }
  },
  list: async (uri) => {
    try {
      const entries = await readdir(pathOf(uri) ?? '', { withFileTypes: true });
      return entries.flatMap((entry): FolderEntry[] => {
        if (entry.isDirectory()) return [{ name: entry.name, kind: 'folder' }];
        return entry.isFile() || entry.isSymbolicLink() ? [{ name: entry.name, kind: 'file' }] : [];
      });
    } catch {
      return [];
    }
  },
};

/** Undefined for an address that no path of this system has, such as a host's on Linux. */
function pathOf(uri: string): string | undefined {
  try {
    return fileURLToPath(uri);
  } catch {
    return undefined;
  }
}
