// Another major version of Node, from its package on npm, so that both supported ones are tested on one machine.
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { cacheFolder } from './tools/cache.mjs';

const versions = ['20.20.2', '24.21.0'];

/**
 * The path of a Node of the supported major version that this process is not; installed into the cache when it is missing.
 *
 * @returns {Promise<string>}
 * @throws when npm cannot install it
 */
export async function otherNode() {
  const current = `${process.versions.node.split('.')[0]}.`;
  const version = versions.find((each) => !each.startsWith(current)) ?? versions[0];
  const system = process.platform === 'win32' ? 'win' : process.platform;
  const name = `node-${system}-${process.arch}`;
  const folder = join(cacheFolder(), `${name}-${version}`);
  const file = join(folder, 'node_modules', name, 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
  if (existsSync(file)) return file;
  await mkdir(dirname(folder), { recursive: true });
  const temporary = await mkdtemp(`${folder}-`);
  try {
    await writeFile(join(temporary, 'package.json'), '{ "private": true }\n');
    const options = { cwd: temporary, shell: process.platform === 'win32' };
    await promisify(execFile)(
      'npm',
      ['install', '--no-audit', '--no-fund', '--ignore-scripts', `${name}@${version}`],
      options,
    );
    await rename(temporary, folder).catch((error) => {
      if (!existsSync(file)) throw error;
    });
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
  return file;
}
