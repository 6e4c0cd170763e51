import { stat } from 'node:fs/promises';
import { type FileLook, mostFileBytes } from '@groundplan/hosts';
import { readAtMost } from './read-at-most.js';
import { isNotFound, systemReason } from './system-reason.js';

/** What lies at an absolute path, with its bytes when it is a file of at most {@link mostFileBytes}. */
export async function lookAtFile(path: string): Promise<FileLook> {
  if (path.includes('\0')) return { kind: 'unreadable', reason: 'its name holds a NUL character' };
  try {
    const found = await stat(path);
    if (found.isDirectory()) return { kind: 'folder' };
    if (!found.isFile()) return { kind: 'special' };
    if (found.size > mostFileBytes) return { kind: 'too-large' };
    return { kind: 'file', bytes: await readAtMost(path, mostFileBytes) };
  } catch (error) {
    if (isNotFound(error)) return { kind: 'missing' };
    const reason = systemReason(error);
    if (reason === undefined) throw error;
    return { kind: 'unreadable', reason };
  }
}
