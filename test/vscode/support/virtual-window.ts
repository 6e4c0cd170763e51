import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';
import type { Page } from 'playwright-core';
import { openPage, remoteAddress } from '../../../scripts/editor/pages.mjs';
import type { RunningEditor } from '../../../scripts/editor/start.mjs';
import { root } from './editor.js';

/** A window on a folder that is on no disk, with its topology open. */
export async function openVirtualWindow(editor: RunningEditor): Promise<Page> {
  const extension = join(root, '.groundplan', 'virtual-files');
  await mkdir(extension, { recursive: true });
  await build({
    entryPoints: [join(root, 'test', 'vscode', 'support', 'virtual-files.ts')],
    outfile: join(extension, 'extension.cjs'),
    bundle: true,
    platform: 'node',
    format: 'cjs',
    external: ['vscode'],
    logLevel: 'silent',
  });
  const manifest = {
    name: 'virtual-files',
    publisher: 'groundplan-tests',
    version: '0.0.0',
    engines: { vscode: '^1.91.0' },
    main: './extension.cjs',
    activationEvents: ['onFileSystem:memory'],
    capabilities: { virtualWorkspaces: true, untrustedWorkspaces: { supported: true } },
  };
  await writeFile(join(extension, 'package.json'), JSON.stringify(manifest));
  const workspace = join(editor.folder, 'virtual.code-workspace');
  await writeFile(workspace, JSON.stringify({ folders: [{ uri: 'memory:/shop', name: 'shop' }], settings: {} }));
  const payload = JSON.stringify([['extensionDevelopmentPath', remoteAddress(editor, extension)]]);
  const page = await openPage(editor, { workspace, payload });
  // Nothing finds a file by its name there: that would take a search of its own.
  await page.locator('.explorer-folders-view .monaco-list-row').filter({ hasText: 'topology.yaml' }).dblclick();
  await page.locator('.monaco-editor .view-line').first().waitFor();
  return page;
}

/** The messages in the list of problems. */
export async function problemsIn(page: Page): Promise<string[]> {
  await page.keyboard.press('Control+Shift+M');
  const rows = page.locator('.markers-panel .monaco-list-row');
  await rows.first().waitFor();
  return rows.allInnerTexts();
}
