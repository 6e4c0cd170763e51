import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { ToolsError } from './error.mjs';
import { binaries } from './pins.mjs';

const run = promisify(execFile);
const oldest = [1, 21];

/** The environment that Go runs in: the user's caches and proxy, but no flags or workspace of theirs. */
export const goEnvironment = {
  ...process.env,
  CGO_ENABLED: '0',
  GOFLAGS: '-mod=readonly -buildvcs=false',
  GOWORK: 'off',
};

/**
 * Go's name of this platform and the version that will compile, both part of every cache key.
 *
 * @param {string} root
 * @returns {Promise<{ name: string, goVersion: string }>} such as `{ name: 'linux_amd64', goVersion: 'go1.26.8' }`
 * @throws {ToolsError} when Go is missing or older than 1.21, the first that fetches a newer one by itself
 */
export async function goPlatform(root) {
  const installed = await goEnv(root, ['GOVERSION']);
  const [major = 0, minor = 0] = (installed[0] ?? '').replace('go', '').split('.').map(Number);
  if (major < oldest[0] || (major === oldest[0] && minor < oldest[1])) {
    throw new ToolsError(`Go ${oldest.join('.')} or newer is needed to build the tools, and this is ${installed[0]}`);
  }
  // The provider's module asks for the newest Go of all, so the Go that builds it is the one that counts.
  const [goVersion, system, architecture] = await goEnv(join(root, binaries[0].module), [
    'GOVERSION',
    'GOOS',
    'GOARCH',
  ]);
  return { name: `${system}_${architecture}`, goVersion };
}

async function goEnv(folder, names) {
  try {
    const { stdout } = await run('go', ['env', ...names], { cwd: folder, env: goEnvironment });
    return stdout.trim().split('\n');
  } catch (error) {
    if (error.code === 'ENOENT') {
      throw new ToolsError(
        'Go is needed to build the tools that the tests run, and there is no `go` on PATH (https://go.dev/dl/)',
      );
    }
    throw new ToolsError(`go env failed: ${lastLine(error.stderr ?? error.message)}`);
  }
}

/** The last line that says something: Go puts the reason there. */
export function lastLine(text) {
  return text.trim().split('\n').at(-1) ?? '';
}
