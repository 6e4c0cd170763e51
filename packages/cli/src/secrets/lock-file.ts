import { stat } from 'node:fs/promises';
import { isNotFound } from '@groundplan/files';
import { type Lock, readLock } from '@groundplan/secrets';
import { Failure } from '../failure.js';
import { linkTarget, readBytes } from '../topology/read-file.js';
import type { FilePlace } from './places.js';

const mostBytes = 16 * 1024 * 1024;

/** @throws Failure when it cannot be read; undefined when there is none */
export async function readLockFile(place: FilePlace): Promise<Lock | undefined> {
  const bytes = await readIfThere(place);
  if (bytes === undefined) return undefined;
  const read = readLock(new TextDecoder().decode(bytes));
  switch (read.kind) {
    case 'read':
      return read.lock;
    case 'other-format':
      throw new Failure(
        `${place.shown} has format ${read.format}, which this version of Groundplan does not know: use a newer one`,
      );
    case 'damaged':
      throw new Failure(
        `${place.shown} cannot be read: ${read.problem}; restore it, or remove it and run "groundplan keys"`,
      );
  }
}

/** The bytes of a file; undefined when it is not there. */
export async function readIfThere({ path, shown }: FilePlace): Promise<Uint8Array | undefined> {
  try {
    return await readBytes(path, shown, mostBytes);
  } catch (error) {
    if ((await linkTarget(path)) === undefined && (await isMissing(path))) return undefined;
    throw error;
  }
}

async function isMissing(path: string): Promise<boolean> {
  return stat(path).then(() => false, isNotFound);
}
