import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';
import { describe, it } from 'mocha';
import { openFile, openWindow, remoteAddress, runCommand } from '../../scripts/editor/pages.mjs';
import { editor, eventually, project, root, startTimeout } from './support/editor.js';

/** Longer than the suite takes. */
const suiteMilliseconds = 400_000;

/** Inside the repository, where the suite finds mocha; VS Code loads it by `require`. */
const bundle = join(root, '.groundplan', 'host-suite', 'index.cjs');

describe('VS Code, in its extension host', function () {
  this.timeout(startTimeout);

  it('everything is there that the extension promises', async () => {
    await build({
      entryPoints: [join(root, 'test', 'vscode', 'support', 'host-suite.ts')],
      outfile: bundle,
      bundle: true,
      platform: 'node',
      format: 'cjs',
      external: ['vscode', 'mocha'],
      logLevel: 'silent',
    });
    const running = await editor();
    const folder = await project('smallest');
    const page = await (await running.browser.newContext()).newPage();
    const log: string[] = [];
    const exit = new Promise<number>((resolve, reject) => {
      setTimeout(() => reject(new Error('the suite did not end')), suiteMilliseconds).unref();
      page.exposeFunction('codeAutomationLog', (...said: unknown[]) => log.push(JSON.stringify(said))).catch(reject);
      page.exposeFunction('codeAutomationExit', (code: number) => resolve(code)).catch(reject);
    });
    const payload = JSON.stringify([
      ['extensionDevelopmentPath', remoteAddress(running, join(root, 'test', 'vscode', 'support', 'helper-extension'))],
      ['extensionTestsPath', remoteAddress(running, bundle)],
      ['skipWelcome', 'true'],
    ]);
    const query = new URLSearchParams({ folder, payload });
    await page.goto(`http://127.0.0.1:${running.port}/?${query}`, { waitUntil: 'commit' });
    const code = await exit;
    await page.context().close();
    const written = await readFile(join(folder, 'results.json'), 'utf8').catch(() => {
      throw new Error(`the suite did not run\n${log.join('\n')}`);
    });
    const results: { title: string; error?: string }[] = JSON.parse(written);
    assert.deepEqual(
      results.flatMap(({ title, error }) => (error === undefined ? [] : [`${title}: ${error}`])),
      [],
    );
    assert.equal(results.length, 12);
    assert.equal(code, 0);
  });

  it('says how long it takes to start', async () => {
    const page = await openWindow(await editor(), await project('smallest'));
    await page.locator('.explorer-folders-view .monaco-list-row').filter({ hasText: 'topology.yaml' }).waitFor();
    await openFile(page, 'topology.yaml');
    await page.locator('[id$="groundplan.summary"]').waitFor();
    await runCommand(page, 'Developer: Show Running Extensions');
    const row = page.locator('.runtime-extensions-editor .monaco-list-row').filter({ hasText: 'Groundplan' });
    await eventually(async () => {
      const said = await row.first().innerText();
      const [, milliseconds] = /Activation: (\d+)ms/.exec(said) ?? [];
      assert.ok(milliseconds, said);
      process.stderr.write(`    the extension is active after ${milliseconds} ms\n`);
    });
    await page.context().close();
  });
});
