import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const root = fileURLToPath(new URL('../../../', import.meta.url));

let packing: Promise<{ vsix: string; said: string }> | undefined;

/** The extension as it is shipped, from the sources as they are, and what packing said; made once. */
export function packaged(): Promise<{ readonly vsix: string; readonly said: string }> {
  packing ??= promisify(execFile)(process.execPath, ['extension/scripts/package.mjs'], {
    cwd: root,
    env: { ...process.env, NODE_OPTIONS: '' },
    timeout: 300_000,
  }).then(({ stdout, stderr }) => ({
    vsix: join(root, 'extension', 'dist', 'groundplan.vsix'),
    said: stdout + stderr,
  }));
  return packing;
}
