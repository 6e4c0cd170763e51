import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * Removes images that no run has used for long, and builds that broke off. Locks stay: one that is removed while somebody waits for
 * it would be no lock.
 *
 * @param age milliseconds since the last use
 * @param now milliseconds since 1970
 * @returns the names of what is gone, sorted
 */
export async function pruneImages(folder: string, age: number, now: number): Promise<string[]> {
  const names = await readdir(folder).catch((): string[] => []);
  const gone: string[] = [];
  for (const name of names.sort()) {
    if (name.endsWith('.lock') || (await stat(join(folder, name))).mtimeMs > now - age) continue;
    await rm(join(folder, name), { recursive: true, force: true });
    gone.push(name);
  }
  return gone;
}
