// Programs that npm carries and that no workspace depends on: installed by version into the cache, once for every checkout.
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { cacheFolder } from './tools/cache.mjs';

/**
 * A package of an exact version in a folder of its own, installed into the cache when it is missing. It is there as a whole or not
 * at all, whoever else installs it at the same time.
 *
 * @param {string} name as npm calls it
 * @param {string} version exact
 * @param {(folder: string) => Promise<void>} [finish] what is left to do in the package's own folder before it counts as installed
 * @returns {Promise<string>} the absolute path of the package's own folder
 * @throws when npm cannot install it
 */
export async function npmTool(name, version, finish = async () => {}) {
  const folder = join(cacheFolder(), `${name}-${version}`);
  const inside = (base) => join(base, 'node_modules', name);
  if (existsSync(inside(folder))) return inside(folder);
  await mkdir(dirname(folder), { recursive: true });
  const temporary = await mkdtemp(`${folder}-`);
  try {
    await writeFile(join(temporary, 'package.json'), '{ "private": true }\n');
    await npm(temporary, ['install', '--ignore-scripts', `${name}@${version}`]);
    await finish(inside(temporary));
    await rename(temporary, folder).catch((error) => {
      if (!existsSync(inside(folder))) throw error;
    });
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
  return inside(folder);
}

/** Runs npm in a folder to its end. */
export async function npm(folder, args) {
  const isWindows = process.platform === 'win32';
  await promisify(execFile)('npm', [...args, '--no-audit', '--no-fund'], {
    cwd: folder,
    shell: isWindows,
    maxBuffer: 2 ** 26,
  });
}
