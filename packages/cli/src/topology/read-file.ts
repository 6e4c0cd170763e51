import { lstat, readlink } from 'node:fs/promises';
import { isNotFound, readAtMost } from '@groundplan/files';
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

/** A failure for an error of the file system; a link that leads nowhere says where it leads. */
export async function explained(path: string, shown: string, error: unknown): Promise<unknown> {
  const target = isNotFound(error) ? await linkTarget(path) : undefined;
  return target === undefined
    ? failureOf(shown, error)
    : new Failure(`${shown}: this is a symbolic link to ${target}, which is not there`);
}

/** Where a symbolic link leads; undefined when the path is none. */
export async function linkTarget(path: string): Promise<string | undefined> {
  try {
    return (await lstat(path)).isSymbolicLink() ? await readlink(path) : undefined;
  } catch {
    return undefined;
  }
}
