import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { copyFile, mkdir, mkdtemp, readdir, readFile, rename, rm } from 'node:fs/promises';
import { basename, dirname, join, relative, sep } from 'node:path';
import { ToolsError } from './error.mjs';
import { goEnvironment, lastLine } from './go.mjs';

const heartbeatMilliseconds = 30_000;

/**
 * The name of a binary's folder in the cache: changes with the module's sources, its pins, its flags, the platform and Go.
 *
 * @param {string} root
 * @param {import('./pins.mjs').Binary} binary
 * @param {{ name: string, goVersion: string }} platform
 * @returns {Promise<string>} such as `tofu-1.11.4-0123456789abcdef`
 */
export async function entryKey(root, binary, platform) {
  const hash = createHash('sha256');
  const add = (label, content) => hash.update(`${label}\n${content.length}\n`).update(content);
  add('build', JSON.stringify([platform.name, platform.goVersion, binary.package, binary.file, binary.ldflags]));
  const module = join(root, binary.module);
  for (const file of await moduleFiles(module)) {
    add(relative(module, file).split(sep).join('/'), await readFile(file));
  }
  for (const [target, source] of Object.entries(binary.embedded ?? {})) {
    add(target, await readFile(join(root, source)));
  }
  return `${binary.name}-${binary.version}-${hash.digest('hex').slice(0, 16)}`;
}

/** The files that a build depends on: sources and pins, neither tests nor what a build copies in. */
async function moduleFiles(module) {
  const entries = await readdir(module, { withFileTypes: true, recursive: true });
  return entries
    .filter((entry) => entry.isFile() && basename(entry.parentPath) !== 'generated')
    .filter(
      ({ name }) => name === 'go.mod' || name === 'go.sum' || (name.endsWith('.go') && !name.endsWith('_test.go')),
    )
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

/**
 * Builds one binary beside its place in the cache and moves it there whole.
 *
 * @param {string} root
 * @param {{ binary: import('./pins.mjs').Binary, folder: string }} entry
 * @param {(line: string) => void} log
 * @throws {ToolsError} with the last line that Go wrote
 */
export async function buildEntry(root, { binary, folder }, log) {
  const module = join(root, binary.module);
  for (const [target, source] of Object.entries(binary.embedded ?? {})) {
    await embed(join(root, source), join(module, target));
  }
  const staging = await mkdtemp(`${folder}.building-`);
  const started = Date.now();
  const seconds = () => Math.round((Date.now() - started) / 1000);
  log(`building ${binary.title} ${binary.version} (once, ${binary.duration})`);
  const heartbeat = setInterval(() => log(`still building ${binary.title} (${seconds()} s)`), heartbeatMilliseconds);
  try {
    await goBuild(module, binary, join(staging, binary.file));
    await putInPlace(staging, folder, binary.file);
  } finally {
    clearInterval(heartbeat);
    await rm(staging, { recursive: true, force: true });
  }
  log(`built ${binary.title} ${binary.version} in ${seconds()} s`);
}

/** Go embeds only what lies in the module. A copy that is there already may be in use by another build: it stays. */
async function embed(source, target) {
  if (existsSync(target) && (await readFile(target)).equals(await readFile(source))) return;
  await mkdir(dirname(target), { recursive: true });
  await copyFile(source, target);
}

/** Moved whole, so that correctness does not rest on the lock: where another run was first, its build serves. */
async function putInPlace(staging, folder, file) {
  try {
    await rename(staging, folder);
  } catch (error) {
    if (!existsSync(join(folder, file))) throw error;
  }
}

function goBuild(module, binary, output) {
  const args = ['build', '-trimpath', `-ldflags=${binary.ldflags}`, '-o', output, binary.package];
  return new Promise((resolve, reject) => {
    const child = spawn('go', args, { cwd: module, env: goEnvironment, stdio: ['ignore', 'ignore', 'pipe'] });
    let stderr = '';
    child.stderr.setEncoding('utf8');
    child.stderr.on('data', (chunk) => {
      stderr += chunk;
    });
    child.on('error', (error) => reject(new ToolsError(`go build could not be started: ${error.message}`)));
    child.on('close', (code) => {
      if (code === 0) resolve();
      else reject(new ToolsError(`building ${binary.title} ${binary.version} failed: ${lastLine(stderr)}`));
    });
  });
}
