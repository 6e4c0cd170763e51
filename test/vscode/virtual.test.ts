import { after, before, describe, it } from 'mocha';
import type { Page } from 'playwright-core';
import { previewFrame, runCommand } from '../../scripts/editor/pages.mjs';
import {
  editor,
  leavePictureOfFailure,
  notification,
  startTimeout,
  takeScreenshot,
  testTimeout,
} from './support/editor.js';
import { assertProblemsOfVirtualFolder, openVirtualWindow } from './support/virtual-window.js';

describe('VS Code, in a folder that is on no disk', function () {
  this.timeout(testTimeout);
  let page: Page;
  before(async function () {
    this.timeout(startTimeout);
    page = await openVirtualWindow(await editor());
  });
  leavePictureOfFailure(() => page);
  after(async () => {
    await page?.context().close();
  });

  it('reads the configuration and the files that the topology names through the editor', async () => {
    await assertProblemsOfVirtualFolder(page);
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
    const notice = await notification(page, 'Only a topology on a disk can be built');
    await notice.first().waitFor();
  });
});
