import { stat } from 'node:fs/promises';
import { failureOf } from '../failure.js';
import { putFile } from './put-file.js';

/**
 * Puts `text` into a file that exists, as a whole or not at all, as `putFile` does; one that is gone is not made anew.
 *
 * @throws Failure that names `shown` when it cannot be written; the file is then as it was
 */
export async function replaceFile(path: string, shown: string, text: string): Promise<void> {
  try {
    await stat(path);
  } catch (error) {
    throw failureOf(shown, error);
  }
  await putFile(path, shown, text);
}
