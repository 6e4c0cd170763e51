import { mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * Makes a folder and those above it that are missing; returns the outermost one that it made. Node's own `recursive` says of a
 * read-only file system that there is no such folder.
 */
export function makeFolders(path: string): string | undefined {
  try {
    mkdirSync(path);
    return path;
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'EEXIST' && statSync(path, { throwIfNoEntry: false })?.isDirectory()) return undefined;
    if (code !== 'ENOENT' || dirname(path) === path) throw error;
    const made = makeFolders(dirname(path));
    if (made === undefined) throw error;
    mkdirSync(path);
    return made;
  }
}
