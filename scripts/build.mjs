// Everything from a fresh clone to a working `groundplan` command.
import { pathToFileURL } from 'node:url';
import { generate } from './generate.mjs';
import { ensureInstalled } from './install.mjs';
import { root, tool } from './run.mjs';

export async function build() {
  ensureInstalled();
  await generate();
  tool('compile', 'typescript/bin/tsc', ['-b']);
  const { bundleCli } = await import('../packages/cli/scripts/bundle.mjs');
  await bundleCli(root);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await build();
