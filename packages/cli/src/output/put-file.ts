import { randomBytes } from 'node:crypto';
import { open, realpath, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { isNotFound } from '@groundplan/files';
import { Failure, failureOf } from '../failure.js';

/**
 * Puts `content` into a file, which may be new, as a whole or not at all: into a new file beside it, which then takes its name. Keeps the
 * permissions of one that exists; a symbolic link stays one. What is no file, such as /dev/stdout, is written to.
 *
 * @param mode the permissions, whatever they were
 * @throws Failure that names `shown` when it cannot be written; what was there is then as it was
 */
export async function putFile(path: string, shown: string, content: string | Uint8Array, mode?: number): Promise<void> {
  try {
    const target = await realpath(path).catch((error) => {
      if (isNotFound(error)) return path;
      throw error;
    });
    const found = await stat(target).catch(() => undefined);
    if (found?.isDirectory()) throw new Failure(`${shown}: this is a folder`);
    if (found !== undefined && !found.isFile()) {
      const device = await open(target, 'w');
      await device.writeFile(content).finally(() => device.close());
      return;
    }
    const beside = join(
      dirname(target),
      `.${basename(target)}.groundplan-${process.pid}-${randomBytes(4).toString('hex')}`,
    );
    try {
      const wanted = mode ?? (found === undefined ? undefined : found.mode & 0o7777);
      const file = await open(beside, 'wx', wanted ?? 0o666);
      try {
        if (wanted !== undefined) await file.chmod(wanted);
        await file.writeFile(content);
        await file.sync();
      } finally {
        await file.close();
      }
      await rename(beside, target);
    } catch (error) {
      await rm(beside, { force: true });
      throw error;
    }
  } catch (error) {
    throw failureOf(shown, error);
  }
}
