import { cp, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, it } from 'mocha';
import type { Page } from 'playwright-core';
import { openWindow, previewFrame, runCommand } from '../../scripts/editor/pages.mjs';
import { type RunningEditor, startEditor } from '../../scripts/editor/start.mjs';
import {
  leavePictureOfFailure,
  root,
  smokeTestDriver,
  startTimeout,
  takeScreenshot,
  testTimeout,
} from './support/editor.js';
import { packaged } from './support/packaged.js';
import { assertProblemsOfVirtualFolder, openVirtualWindow } from './support/virtual-window.js';

describe('VS Code, the build for browsers', function () {
  this.timeout(testTimeout);
  let editor: RunningEditor;
  let page: Page;

  before(async function () {
    this.timeout(startTimeout);
    const { vsix } = await packaged();
    // The same vsix, in the extension host of the browser instead of that on the machine.
    editor = await startEditor({
      vsix,
      serverArguments: [smokeTestDriver],
      settings: { 'remote.extensionKind': { 'groundplan.groundplan-vscode': ['web'] } },
    });
    const folder = join(editor.folder, 'project', 'shop');
    await mkdir(folder, { recursive: true });
    await cp(join(root, 'samples', 'smallest'), folder, { recursive: true });
    page = await openWindow(editor, folder, 'topology.yaml');
  });
  leavePictureOfFailure(() => editor.browser.contexts().at(-1)?.pages()[0]);
  after(async () => {
    await editor?.close();
  });

  it('runs the server in a worker, and checks, completes and draws', async () => {
    await page.locator('[id$="groundplan.summary"]').filter({ hasText: '6 servers' }).waitFor();
    await runCommand(page, 'Groundplan: Open Preview to the Side');
    const frame = await previewFrame(page);
    await frame.locator('[data-id="tier.fsn1.app.web"]').waitFor();
    await takeScreenshot(page, 'web');
    await page.locator('.monaco-editor .view-line').filter({ hasText: 'apps:' }).first().click();
    await runCommand(page, 'Developer: Show Running Extensions');
    const row = page.locator('.runtime-extensions-editor .monaco-list-row').filter({ hasText: 'Groundplan' });
    await row.filter({ hasText: 'web worker' }).waitFor();
  });

  it('reads files that are on no disk through the editor', async () => {
    const virtual = await openVirtualWindow(editor);
    await assertProblemsOfVirtualFolder(virtual);
    await virtual.context().close();
  });
});
