import assert from 'node:assert/strict';
import { mkdir, readdir, readFile, readlink } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'mocha';
import { goTo, runCommand } from '../../scripts/editor/pages.mjs';
import {
  answerFileDialog,
  editor,
  eventually,
  notification,
  placeOf,
  sampleText,
  sharedWindow,
  takeScreenshot,
  testTimeout,
} from './support/editor.js';

describe('VS Code, other commands', function () {
  this.timeout(testTimeout);
  const window = sharedWindow('smallest');

  it('explains what is wrong at the cursor', async () => {
    const text = (await sampleText('smallest')).replace('app.web', 'app.wbe');
    const page = await window.show(text);
    await page.locator('.squiggly-error').first().waitFor();
    const { line, column } = placeOf(text, 'app.wbe');
    await goTo(page, line, column + 2);
    await runCommand(page, 'Groundplan: Explain…');
    const rows = page.locator('.quick-input-list .monaco-list-row');
    await rows.filter({ hasText: 'reference/unknown' }).filter({ hasText: 'at the cursor' }).first().click();
    await page
      .locator('.tab.active')
      .filter({ hasText: /unknown\.md/ })
      .waitFor();
    await takeScreenshot(page, 'explain');
  });

  it('starts a server again that crashed, and says so once', async () => {
    const text = (await sampleText('smallest')).replace('app.web', 'app.wbe');
    const page = await window.show(text);
    await page.locator('.squiggly-error').first().waitFor();
    const servers = await serversOf((await editor()).folder);
    assert.ok(servers.length > 0);
    for (const pid of servers) process.kill(pid, 'SIGKILL');
    const notice = await notification(page, 'stopped and was started again');
    await notice.first().waitFor();
    assert.equal(await notice.count(), 1);
    await page.keyboard.press('Escape');
    await page.locator('.monaco-editor .view-line').first().click();
    await goTo(page, placeOf(text, 'app.wbe').line, placeOf(text, 'app.wbe').column + 'app.wbe'.length);
    for (const _ of 'wbe') await page.keyboard.press('Backspace');
    await page.keyboard.type('web');
    await page.locator('.squiggly-error').first().waitFor({ state: 'detached' });
  });

  it('starts a topology from a sample, in a folder of one’s choice', async () => {
    const page = await window.show(await sampleText('smallest'));
    await runCommand(page, 'Groundplan: New Topology from a Sample…');
    const rows = page.locator('.quick-input-list .monaco-list-row');
    await rows.filter({ hasText: 'multi-region-galera' }).first().waitFor();
    await takeScreenshot(page, 'samples');
    await rows.filter({ hasText: 'multi-region-galera' }).first().click();
    const folder = join(window.folder(), '..', 'market');
    await mkdir(folder);
    await answerFileDialog(page, /\/shop/, `${folder}/`);
    await eventually(async () => {
      assert.match(await readFile(join(folder, 'topology.yaml'), 'utf8'), /^name: market$/m);
    });
  });

  it('asks nothing of the network', () => {
    // VS Code's own service worker answers for the second, from the machine that the editor runs on.
    const isLocal = (host: string) => host === '127.0.0.1' || host.endsWith('.vscode-resource.vscode-cdn.net');
    const asked = window.requests().filter((url) => !/^(?:blob|data):/.test(url));
    assert.ok(asked.length > 0);
    assert.deepEqual(
      asked.filter((url) => !isLocal(new URL(url).hostname)),
      [],
    );
  });
});

/** The language servers that the editor with that home runs. */
async function serversOf(home: string): Promise<number[]> {
  const found: number[] = [];
  for (const name of await readdir('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    const line = await readFile(`/proc/${name}/cmdline`, 'utf8').catch(() => '');
    const program = await readlink(`/proc/${name}/exe`).catch(() => '');
    if (line.includes(home) && line.includes('dist/cli/main.js\0lsp') && program.endsWith('node'))
      found.push(Number(name));
  }
  return found;
}
