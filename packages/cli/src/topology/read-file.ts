import { lstat, open, readlink } from 'node:fs/promises';
import { Failure, failureOf } from '../failure.js';

/**
 * The bytes of a file, or its first `limit` where it holds more: devices and pipes may never end.
 *
 * @throws Failure that names `shown` when it cannot be read
 */
export async function readBytes(path: string, shown: string, limit: number): Promise<Uint8Array> {
  try {
    return await readAtMost(path, limit);
  } catch (error) {
    throw await explained(path, shown, error);
  }
}

/** As {@link readBytes}, but throws the error of the file system. */
export async function readAtMost(path: string, limit: number): Promise<Uint8Array> {
  const file = await open(path);
  try {
    const chunks: Uint8Array[] = [];
    let size = 0;
    while (size < limit) {
      const buffer = new Uint8Array(Math.min(limit - size, 65_536));
      const { bytesRead } = await file.read(buffer, 0, buffer.length);
      if (bytesRead === 0) break;
      chunks.push(buffer.subarray(0, bytesRead));
      size += bytesRead;
    }
    return Buffer.concat(chunks);
  } finally {
    await file.close();
  }
}

/** A failure for an error of the file system; a link that leads nowhere says where it leads. */
export async function explained(path: string, shown: string, error: unknown): Promise<unknown> {
  const target = isNotFound(error) ? await linkTarget(path) : undefined;
  return target === undefined
    ? failureOf(shown, error)
    : new Failure(`${shown}: this is a symbolic link to ${target}, which is not there`);
}

export function isNotFound(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR');
}

/** Where a symbolic link leads; undefined when the path is none. */
export async function linkTarget(path: string): Promise<string | undefined> {
  try {
    return (await lstat(path)).isSymbolicLink() ? await readlink(path) : undefined;
  } catch {
    return undefined;
  }
}
