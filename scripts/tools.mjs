// Builds the real tools that the tests run (OpenTofu, the Hetzner provider, the stand-in providers, an S3 server) into a
// cache outside the repository, and lays out a provider mirror for them. See tools/README.md.
//
//   node scripts/tools.mjs            builds what is missing
//   node scripts/tools.mjs --print    the same, then prints where everything is, as JSON
import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { buildEntry, entryKey } from './tools/build.mjs';
import { cacheFolder } from './tools/cache.mjs';
import { ToolsError } from './tools/error.mjs';
import { goPlatform } from './tools/go.mjs';
import { withLock } from './tools/lock.mjs';
import { ensureMirror } from './tools/mirror.mjs';
import { binaries } from './tools/pins.mjs';
import { findTerraform } from './tools/terraform.mjs';

export { ToolsError };

const root = dirname(dirname(fileURLToPath(import.meta.url)));

/**
 * Builds whatever is missing and returns where everything is. Two runs at once do not disturb each other.
 *
 * @param {{ log?: (line: string) => void }} [options] `log` gets one line of progress at a time; standard error by default
 * @returns {Promise<import('./tools.d.mts').Tools>}
 * @throws {ToolsError} with one clear line: no Go, a Go that is too old, a build that failed
 */
export async function buildTools({ log = (line) => process.stderr.write(`tools: ${line}\n`) } = {}) {
  const platform = await goPlatform(root);
  const cache = cacheFolder();
  const wanted = await Promise.all(
    binaries.map(async (binary) => ({ binary, folder: join(cache, await entryKey(root, binary, platform)) })),
  );
  const isMissing = ({ binary, folder }) => !existsSync(join(folder, binary.file));
  if (wanted.some(isMissing)) {
    await mkdir(cache, { recursive: true });
    await withLock(join(cache, 'lock'), log, async () => {
      for (const entry of wanted.filter(isMissing)) await buildEntry(root, entry, log);
    });
  }
  const paths = Object.fromEntries(wanted.map(({ binary, folder }) => [binary.name, join(folder, binary.file)]));
  const { mirror, cliConfig } = await ensureMirror(root, cache, platform, paths);
  const terraform = await findTerraform();
  return {
    platform: platform.name,
    tools: [
      { name: 'tofu', version: binaries.find(({ name }) => name === 'tofu').version, path: paths.tofu },
      ...(terraform === undefined ? [] : [terraform]),
    ],
    cliConfig,
    mirror,
    versitygw: paths.versitygw,
  };
}

async function main(args) {
  const unknown = args.filter((argument) => argument !== '--print');
  if (unknown.length > 0) throw new ToolsError(`unknown argument ${unknown[0]}; the only option is --print`);
  const tools = await buildTools();
  if (args.includes('--print')) process.stdout.write(`${JSON.stringify(tools, null, 2)}\n`);
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  try {
    await main(process.argv.slice(2));
  } catch (error) {
    if (!(error instanceof ToolsError)) throw error;
    process.stderr.write(`tools: ${error.message}\n`);
    process.exitCode = 2;
  }
}
