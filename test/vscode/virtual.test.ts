import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import type { Page } from 'playwright-core';
import { previewFrame, runCommand } from '../../scripts/editor/pages.mjs';
import { editor, eventually, takeScreenshot } from './support/editor.js';
import { openVirtualWindow, problemsIn } from './support/virtual-window.js';

describe('VS Code, in a folder that is on no disk', function () {
  this.timeout(60_000);
  let page: Page;
  before(async function () {
    this.timeout(180_000);
    page = await openVirtualWindow(await editor());
  });
  after(async () => {
    await page?.context().close();
  });

  it('reads the configuration and the files that the topology names through the editor', async () => {
    await page.locator('[id$="groundplan.summary"]').filter({ hasText: '3 servers' }).waitFor();
    await eventually(async () => {
      const problems = await problemsIn(page);
      assert.ok(
        problems.some((each) => each.includes('keys/lost.pub')),
        problems.join('\n'),
      );
      assert.ok(!problems.some((each) => each.includes('keys/ops.pub')), problems.join('\n'));
      assert.ok(
        problems.some((each) => each.includes('app/single')),
        problems.join('\n'),
      );
    });
    await takeScreenshot(page, 'virtual');
  });

  it('draws', async () => {
    await runCommand(page, 'Groundplan: Open Preview to the Side');
    const frame = await previewFrame(page);
    await frame.locator('[data-id="tier.fsn1.app.web"]').waitFor();
  });

  it('says that only what is on a disk can be built', async () => {
    await page.locator('.monaco-editor .view-line').first().click();
    await runCommand(page, 'Groundplan: Build');
    await runCommand(page, 'Notifications: Show Notifications');
    await page
      .locator('.notification-list-item')
      .filter({ hasText: 'Only a topology on a disk can be built' })
      .first()
      .waitFor();
  });
});
