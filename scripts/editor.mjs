// A real VS Code for the tests of the extension: code-server, the Node that it runs on, and a Chromium to see it with.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { findProgram } from './daemons.mjs';
import { npm, npmTool } from './npm-tool.mjs';
import { node24 } from './other-node.mjs';

/** Carries VS Code 1.139; needs Node 24. */
const codeServer = '4.139.1';

/**
 * What the tests in a real VS Code run with; what is missing is installed into the cache, about 600 MB in all. Chromium comes from
 * the system's packages (daemons.mjs).
 *
 * @returns {Promise<{ node: string, codeServer: string, chromium: string }>} absolute paths: the Node that runs code-server, the
 *   folder of code-server, the browser
 * @throws when any cannot be had
 */
export async function ensureEditor() {
  const chromium = findProgram('chromium');
  if (chromium === undefined) throw new Error('chromium is not installed');
  const node = await node24();
  const folder = await npmTool('code-server', codeServer, async (installed) => {
    // The package leaves the dependencies of the VS Code in it to a script; nothing that has to be compiled is needed here.
    const vscode = join(installed, 'lib', 'vscode');
    if (!existsSync(join(vscode, 'package.json'))) throw new Error(`code-server ${codeServer} has no lib/vscode`);
    await npm(vscode, ['install', '--omit=dev', '--ignore-scripts']);
  });
  return { node, codeServer: folder, chromium };
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const { ensureDaemons } = await import('./daemons.mjs');
  ensureDaemons();
  process.stdout.write(`${JSON.stringify(await ensureEditor(), null, 2)}\n`);
}
