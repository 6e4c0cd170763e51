import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';
import type { Page } from 'playwright-core';
import { openPage, remoteAddress, runCommand } from '../../../scripts/editor/pages.mjs';
import type { RunningEditor } from '../../../scripts/editor/start.mjs';
import { eventually, root } from './editor.js';

/**
 * A window on a folder that is on no disk, with its topology open.
 *
 * The folder is opened itself, not by way of a `.code-workspace` file: VS Code asks whether each folder of such a file is one before it
 * says which it has. That waits for the extension that knows the folder, which waits to be told the folders, so that there are none for
 * ever; unless it asks before there are extensions, which is a race that only a quick machine wins.
 */
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
  const payload = JSON.stringify([['extensionDevelopmentPath', remoteAddress(editor, extension)]]);
  const page = await openPage(editor, { folder: 'memory:/shop', payload });
  // Nothing finds a file by its name there: that would take a search of its own.
  await page.locator('.explorer-folders-view .monaco-list-row').filter({ hasText: 'topology.yaml' }).dblclick();
  await page.locator('.monaco-editor .view-line').first().waitFor();
  return page;
}

/** Holds what the list of problems says there: the configuration is heeded, and the files that the topology names are read. */
export async function assertProblemsOfVirtualFolder(page: Page): Promise<void> {
  await page.locator('[id$="groundplan.summary"]').filter({ hasText: '3 servers' }).waitFor();
  await runCommand(page, 'Problems: Focus on Problems View');
  const rows = page.locator('.markers-panel .monaco-list-row');
  await eventually(async () => {
    const problems = await rows.allInnerTexts();
    const said = problems.join('\n');
    assert.ok(said.includes('keys/lost.pub'), said);
    assert.ok(!said.includes('keys/ops.pub'), said);
    assert.ok(said.includes('app/single'), said);
  });
}
