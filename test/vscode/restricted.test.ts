import assert from 'node:assert/strict';
import { cp, mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, it } from 'mocha';
import type { Page } from 'playwright-core';
import { goTo, openWindow, previewFrame, runCommand } from '../../scripts/editor/pages.mjs';
import { type RunningEditor, startEditor } from '../../scripts/editor/start.mjs';
import {
  eventually,
  leavePictureOfFailure,
  notification,
  placeOf,
  root,
  sampleText,
  save,
  startTimeout,
  takeScreenshot,
  testTimeout,
} from './support/editor.js';
import { packaged } from './support/packaged.js';

describe('VS Code, in a folder that is not trusted', function () {
  this.timeout(testTimeout);
  let editor: RunningEditor;
  let page: Page;
  let folder = '';
  let text = '';

  before(async function () {
    this.timeout(startTimeout);
    const { vsix } = await packaged();
    editor = await startEditor({ vsix, isTrusted: false });
    folder = join(editor.folder, 'project', 'shop');
    await mkdir(join(folder, '.vscode'), { recursive: true });
    await cp(join(root, 'samples', 'smallest'), folder, { recursive: true });
    // What a folder like this could try: its own program instead of the extension's.
    const settings = { 'groundplan.path': join(folder, 'evil.sh'), 'groundplan.plan.arguments': ['-lock=false'] };
    await writeFile(join(folder, '.vscode', 'settings.json'), JSON.stringify(settings));
    await writeFile(join(folder, 'evil.sh'), '#!/bin/sh\ntouch ran\n', { mode: 0o755 });
    text = (await sampleText('smallest')).replace('app.web', 'app.wbe');
    await writeFile(join(folder, 'topology.yaml'), text);
    page = await openWindow(editor, folder, 'topology.yaml');
    await page.locator('.statusbar-item').filter({ hasText: 'Restricted Mode' }).waitFor();
  });
  leavePictureOfFailure(() => page);
  after(async () => {
    await editor?.close();
  });

  it('checks, completes and draws', async () => {
    await page.locator('.squiggly-error').first().waitFor();
    await page.locator('[id$="groundplan.summary"]').filter({ hasText: '6 servers' }).waitFor();
    const { line, column } = placeOf(text, 'app.wbe');
    await goTo(page, line, column + 'app.wbe'.length);
    for (const _ of 'wbe') await page.keyboard.press('Backspace');
    await page.keyboard.press('Control+Space');
    await page.locator('.suggest-widget.visible .monaco-list-row.focused').filter({ hasText: 'web' }).waitFor();
    await page.keyboard.press('Enter');
    await page.locator('.squiggly-error').first().waitFor({ state: 'detached' });
    await runCommand(page, 'Groundplan: Open Preview to the Side');
    const frame = await previewFrame(page);
    await frame.locator('[data-id="tier.fsn1.app.web"]').waitFor();
    await takeScreenshot(page, 'restricted');
  });

  for (const [title, what] of [
    ['Groundplan: Build', 'Building'],
    ['Groundplan: Plan, and Show It in the Preview', 'Planning'],
    ['Groundplan: Check All Topologies', 'Checking all topologies'],
  ] as const) {
    it(`refuses "${title}", and says why`, async () => {
      await page.locator('.monaco-editor .view-line').first().click();
      await runCommand(page, title);
      const notice = await notification(page, `${what} runs`);
      await notice.first().waitFor();
      assert.match(await notice.first().innerText(), /only in folders that you trust/);
      assert.match(await notice.first().innerText(), /Manage Workspace Trust/);
      await runCommand(page, 'Notifications: Clear All Notifications');
      await notice.first().waitFor({ state: 'detached' });
    });
  }

  it('has run nothing of the folder, and nothing in it', async () => {
    assert.deepEqual((await readdir(folder)).sort(), ['.vscode', 'evil.sh', 'keys', 'topology.yaml']);
  });

  it('builds once the folder is trusted', async () => {
    await page.locator('.monaco-editor .view-line').first().click();
    await save(page);
    await writeFile(join(folder, '.vscode', 'settings.json'), '{}');
    await runCommand(page, 'Groundplan: Build');
    await (await notification(page, 'Building runs')).getByRole('button', { name: 'Manage Workspace Trust' }).click();
    await page
      .locator('.workspace-trust-editor')
      .getByRole('button', { name: /^Trust/ })
      .first()
      .click();
    await page.locator('.statusbar-item').filter({ hasText: 'Restricted Mode' }).waitFor({ state: 'detached' });
    // It covers everything else.
    await page.locator('[aria-label^="Close Modal Editor"]').click();
    await page.locator('.workspace-trust-editor').waitFor({ state: 'detached' });
    await page.locator('.tab').filter({ hasText: 'topology.yaml' }).first().click();
    await runCommand(page, 'Groundplan: Build');
    await eventually(async () => {
      assert.ok((await readdir(join(folder, 'build'))).includes('main.tf.json'));
    });
  });
});
