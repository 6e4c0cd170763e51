import assert from 'node:assert/strict';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'mocha';
import { previewFrame, runCommand } from '../../scripts/editor/pages.mjs';
import {
  answerFileDialog,
  eventually,
  sampleText,
  sharedWindow,
  takeScreenshot,
  testTimeout,
} from './support/editor.js';

describe('VS Code, building', function () {
  this.timeout(testTimeout);
  const window = sharedWindow('smallest');

  it('writes what the command line writes, and says so in a terminal', async () => {
    const page = await window.show(await sampleText('smallest'));
    await runCommand(page, 'Groundplan: Build');
    const build = join(window.folder(), 'build');
    await eventually(async () => {
      assert.deepEqual((await readdir(build)).sort().slice(0, 3), ['groundplan.json', 'main.tf.json', 'trace.json']);
      const { resource } = JSON.parse(await readFile(join(build, 'main.tf.json'), 'utf8'));
      assert.equal(Object.keys(resource.hcloud_server).length, 6);
    });
    await page.locator('.terminal-wrapper.active .xterm').waitFor();
    await runCommand(page, 'View: Toggle Primary Side Bar Visibility');
    await page.locator('.explorer-folders-view .monaco-list-row').filter({ hasText: 'build' }).first().click();
    await page.locator('.explorer-folders-view .monaco-list-row').filter({ hasText: 'main.tf.json' }).first().waitFor();
    await takeScreenshot(page, 'build');
    await runCommand(page, 'View: Toggle Primary Side Bar Visibility');
  });

  it('draws a plan over the picture, and takes it away again', async () => {
    const page = await window.show(await sampleText('smallest'));
    const build = join(window.folder(), 'build');
    const { resource } = JSON.parse(await readFile(join(build, 'main.tf.json'), 'utf8'));
    const actions = [['create'], ['update'], ['delete', 'create']];
    const changes = Object.keys(resource.hcloud_server).map((name, index) => ({
      address: `hcloud_server.${name}`,
      mode: 'managed',
      type: 'hcloud_server',
      name,
      change: { actions: actions[Math.floor(index / 2)] },
    }));
    const plan = join(build, 'plan.json');
    await writeFile(plan, JSON.stringify({ format_version: '1.2', resource_changes: changes }));
    await runCommand(page, 'Groundplan: Show a Plan File in the Preview…');
    await answerFileDialog(page, /\/shop/, plan);
    const frame = await previewFrame(page);
    await frame
      .locator('.details summary')
      .filter({ hasText: /^Plan: / })
      .waitFor();
    await frame.locator('.details summary').click();
    await frame.locator('.details').filter({ hasText: 'build/plan.json' }).waitFor();
    await runCommand(page, 'View: Hide Panel');
    await takeScreenshot(page, 'plan-file');
    await frame.getByRole('button', { name: 'Remove the plan' }).click();
    await frame
      .locator('.details summary')
      .filter({ hasText: /^no problems$/ })
      .waitFor();
  });

  it('saves the picture as the editor shows it', async () => {
    const page = await window.show(await sampleText('smallest'));
    for (const format of ['svg', 'png']) {
      await runCommand(page, `Groundplan: Export Picture as ${format.toUpperCase()}…`);
      const path = join(window.folder(), `picture.${format}`);
      await answerFileDialog(page, new RegExp(`/shop/[^/]+\\.${format}$`), path);
      await eventually(async () => {
        const bytes = await readFile(path);
        assert.ok(bytes.length > 2000);
        assert.equal(bytes.subarray(0, 4).toString('latin1'), format === 'svg' ? '<svg' : '\x89PNG');
      });
    }
  });

  it('finds what is wrong in files that are not open', async () => {
    const text = await sampleText('smallest');
    await writeFile(join(window.folder(), 'broken.topology.yaml'), text.replace('app.web', 'app.wbe'));
    const page = await window.show(text);
    await runCommand(page, 'Groundplan: Check All Topologies');
    await page.locator('[id="status.problems"]').filter({ hasText: '1' }).waitFor();
    await page.getByRole('tab', { name: /^Problems/ }).click();
    await page
      .locator('.markers-panel .monaco-list-row')
      .filter({ hasText: 'nothing is called app.wbe' })
      .first()
      .waitFor();
    await page.locator('.markers-panel .monaco-list-row').filter({ hasText: 'broken.topology.yaml' }).first().waitFor();
  });
});
