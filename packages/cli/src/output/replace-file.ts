import { open, realpath, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { failureOf } from '../failure.js';

/**
 * Puts `text` into a file that exists, as a whole or not at all: into a new file beside it, which then takes its name. Keeps the
 * permissions; a symbolic link stays one.
 *
 * @throws Failure that names `shown` when it cannot be written; the file is then as it was
 */
export async function replaceFile(path: string, shown: string, text: string): Promise<void> {
  try {
    const target = await realpath(path);
    const { mode } = await stat(target);
    const beside = join(dirname(target), `.${basename(target)}.groundplan-${process.pid}`);
    try {
      const file = await open(beside, 'wx', mode & 0o7777);
      try {
        await file.chmod(mode & 0o7777);
        await file.writeFile(text);
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
