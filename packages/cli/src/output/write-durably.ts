import { closeSync, fsyncSync, openSync, writeFileSync } from 'node:fs';

/** Writes a new file, and returns when it is on the disk. */
export function writeDurably(path: string, content: string): void {
  const file = openSync(path, 'w', 0o644);
  try {
    writeFileSync(file, content);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

/** Waits until the names in a folder are on the disk, where the system can do that for a folder. */
export function syncFolder(path: string): void {
  const folder = openSync(path, 'r');
  try {
    fsyncSync(folder);
  } catch (error) {
    if (!isUnsupported(error)) throw error;
  } finally {
    closeSync(folder);
  }
}

function isUnsupported(error: unknown): boolean {
  return (
    error instanceof Error && 'code' in error && ['EINVAL', 'EPERM', 'EISDIR', 'ENOTSUP'].includes(String(error.code))
  );
}
