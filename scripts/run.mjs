import { spawnSync } from 'node:child_process';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of the repository. */
export const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** Runs a program of this repository to its end; a failure ends this process with the same code. */
export function run(title, command, args, options = {}) {
  if (title) process.stderr.write(`\n── ${title}\n`);
  const { status, error, signal } = spawnSync(command, args, { cwd: root, stdio: 'inherit', ...options });
  if (error) {
    process.stderr.write(`${command} could not be run: ${error.message}\n`);
    process.exit(2);
  }
  if (status !== 0) process.exit(status ?? (signal ? 130 : 1));
}

/** Runs a tool that npm installed for this repository, by the file that its package names as its program. */
export function tool(title, file, args, options = {}, node = process.execPath) {
  run(title, node, [`node_modules/${file}`, ...args], options);
}
