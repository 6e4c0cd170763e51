import assert from 'node:assert/strict';
import { before, describe, it } from 'mocha';
import type { Frame, Page } from 'playwright-core';
import {
  foreignScripts,
  goTo,
  hoverUntil,
  illegibleTexts,
  nodeWithKeys,
  previewFrame,
  runCommand,
} from '../../scripts/editor/pages.mjs';
import {
  eventually,
  placeOf,
  sampleText,
  sharedWindow,
  takeScreenshot,
  testTimeout,
  useTheme,
} from './support/editor.js';

const sample = 'multi-region-galera';

async function openPreview(page: Page): Promise<Frame> {
  await runCommand(page, 'Groundplan: Open Preview to the Side');
  return previewFrame(page);
}

/** The line that the cursor is in, from 1. */
async function cursorLine(page: Page): Promise<number> {
  const text = await page.locator('#status\\.editor\\.selection').innerText();
  return Number(/Ln (\d+)/.exec(text)?.[1]);
}

const node = (frame: Frame, id: string) => frame.locator(`[data-id="${id}"]`);

/** Gives a node of the picture the keyboard, which the text has until then. */
async function focusNode(frame: Frame, id: string): Promise<void> {
  await eventually(async () => {
    await node(frame, id).focus();
    assert.equal(await nodeWithKeys(frame), id);
  });
}

describe('VS Code, the preview', function () {
  this.timeout(testTimeout);
  const window = sharedWindow(sample);
  let text = '';
  const lineOf = (part: string) => placeOf(text, part).line;
  before(async () => {
    text = await sampleText(sample);
  });

  it('follows what is typed, keeps what is seen, and says so to those who do not see', async () => {
    const page = await window.show(text);
    const frame = await openPreview(page);
    await node(frame, 'tier.falkenstein.app.web').waitFor();
    await takeScreenshot(page, 'preview');
    await frame.locator('button[aria-label="Larger"]').click();
    const zoom = await frame.locator('.percent').innerText();
    const scroll = await frame.locator('.stage').evaluate((stage) => {
      stage.scrollTo(0, 90);
      return stage.scrollTop;
    });
    await page.locator('.monaco-editor .view-line').first().click();
    await goTo(page, lineOf('    count: 4'), '    count: 4'.length + 1);
    await page.keyboard.press('Backspace');
    await page.keyboard.type('7');
    await node(frame, 'tier.falkenstein.app.web').filter({ hasText: '× 7' }).waitFor();
    assert.equal(await frame.locator('.percent').innerText(), zoom);
    assert.ok(Math.abs((await frame.locator('.stage').evaluate((stage) => stage.scrollTop)) - scroll) <= 1);
    await page.keyboard.press('Backspace');
    await page.keyboard.type('x');
    await frame
      .locator('[aria-live]')
      .filter({ hasText: /1 error/ })
      .waitFor({ state: 'attached' });
    await frame
      .locator('.details summary')
      .filter({ hasText: /1 error/ })
      .waitFor();
  });

  it('runs no script but its own', async () => {
    const page = await window.show(text);
    const frame = await openPreview(page);
    const policy = await frame.locator('meta[http-equiv="Content-Security-Policy"]').getAttribute('content');
    assert.match(policy ?? '', /^default-src 'none'; .*script-src 'nonce-[0-9a-f]{32}'; /);
    assert.deepEqual(await foreignScripts(frame), []);
  });

  it('leads from a node to its lines, and from the cursor to its node', async () => {
    const page = await window.show(text);
    const frame = await openPreview(page);
    await node(frame, 'tier.helsinki.db.main').locator('text').first().click();
    await eventually(async () => assert.equal(await cursorLine(page), lineOf('\n  main:') + 1));
    await goTo(page, lineOf('\n  web:') + 1, 4);
    await eventually(async () => {
      const marked = await frame
        .locator('.gp-node.selected')
        .evaluateAll((all) => all.map((each) => each.getAttribute('data-id')));
      assert.deepEqual(marked, ['tier.falkenstein.app.web', 'tier.helsinki.app.web']);
    });
  });

  it('shows facts, and does everything by keys as well', async () => {
    const page = await window.show(text);
    const frame = await openPreview(page);
    const facts = frame.locator('.tooltip').filter({ hasText: 'cx33' });
    await hoverUntil(page, node(frame, 'tier.falkenstein.app.web'), facts);
    await takeScreenshot(page, 'facts');
    await page.mouse.move(5, 5);
    await focusNode(frame, 'tier.falkenstein.app.web');
    await page.keyboard.press('f');
    await frame.locator('.text-button.active').waitFor();
    await page.keyboard.press('f');
    await frame.locator('.text-button.active').waitFor({ state: 'detached' });
    await page.keyboard.press('e');
    await node(frame, 'host.falkenstein_app_web_4').waitFor();
    await page.keyboard.press('ArrowRight');
    await eventually(async () => {
      const focused = await frame.locator(':focus').getAttribute('data-id');
      assert.equal(focused, 'host.falkenstein_app_web_1');
    });
    await page.keyboard.press('Enter');
    await eventually(async () => assert.equal(await cursorLine(page), lineOf('    count: 4')));
  });

  it('shows what a failure darkens', async () => {
    const page = await window.show(text);
    const frame = await openPreview(page);
    await frame.getByRole('button', { name: 'Fail…' }).click();
    await frame.getByLabel('region helsinki').check();
    await page.keyboard.press('Escape');
    await frame.locator('.gp-node.gp-failed[data-id="region.helsinki"]').waitFor();
    const dark = await frame
      .locator('.gp-node.gp-dark, .gp-node.gp-failed')
      .evaluateAll((all) => all.map((each) => each.getAttribute('data-id') ?? ''));
    const tiers = dark.filter((id) => id.startsWith('tier.')).sort();
    assert.deepEqual(tiers, [
      'tier.helsinki.app.web',
      'tier.helsinki.db.main',
      'tier.helsinki.lb.edge',
      'tier.helsinki.sto.media',
    ]);
    await frame.locator('.details').filter({ hasText: 'shop.example.com is served from falkenstein alone' }).waitFor();
    await takeScreenshot(page, 'failure');
    await frame.getByRole('button', { name: 'Switch all on' }).click();
    await frame.locator('.gp-node.gp-failed').first().waitFor({ state: 'detached' });
  });

  it('opens where and as large as it can be read, and shows the whole when asked to', async () => {
    const page = await window.show(text);
    const frame = await openPreview(page);
    const percent = async () => Number.parseInt(await frame.locator('.percent').innerText(), 10);
    const stage = frame.locator('.stage');
    const seen = () =>
      stage.evaluate((each) => ({
        left: each.scrollLeft,
        top: each.scrollTop,
        isWhole: each.scrollWidth <= each.clientWidth && each.scrollHeight <= each.clientHeight,
      }));
    await eventually(async () => {
      assert.equal(await percent(), 75);
      assert.deepEqual(await seen(), { left: 0, top: 0, isWhole: false });
    });
    const fit = frame.getByRole('button', { name: 'Whole picture' });
    await fit.click();
    await eventually(async () => {
      assert.ok((await percent()) < 75);
      assert.equal((await seen()).isWhole, true);
    });
    await fit.click();
    await eventually(async () => assert.equal(await percent(), 75));
  });

  it('marks problems on the nodes that they concern, and lists them', async () => {
    const page = await window.show(
      text.replace('size: 200GB', 'size: 2GB').replace('apps: { web: { count: 2 } }', 'apps: { web: { count: 1 } }'),
    );
    const frame = await openPreview(page);
    await node(frame, 'tier.falkenstein.db.main').locator('.gp-error').waitFor();
    await node(frame, 'tier.helsinki.app.web').locator('.gp-warning').waitFor();
    assert.equal(await node(frame, 'tier.falkenstein.app.web').locator('.gp-warning, .gp-error').count(), 0);
    await frame.locator('.details summary').click();
    await frame.locator('.details .row').filter({ hasText: 'volume' }).first().waitFor();
    await takeScreenshot(page, 'problems');
    await frame.locator('.details summary').click();
  });

  it('is legible in each colour theme of the editor', async () => {
    const page = await window.show(text);
    const frame = await openPreview(page);
    for (const [theme, name, kind] of [
      ['light', 'Light Modern', 'vscode-light'],
      ['contrast', 'Default High Contrast', 'vscode-high-contrast'],
      ['contrast-light', 'Default High Contrast Light', 'vscode-high-contrast-light'],
      ['dark', 'Dark Modern', 'vscode-dark'],
    ] as const) {
      await useTheme(window.folder(), name);
      await frame.locator(`body.${kind}`).waitFor();
      await takeScreenshot(page, `preview-${theme}`);
      assert.deepEqual(await illegibleTexts(frame), [], name);
    }
  });

  it('is there again after the window was reloaded, as it was', async () => {
    const page = await window.show(text);
    const frame = await openPreview(page);
    await focusNode(frame, 'tier.falkenstein.app.web');
    await page.keyboard.press('f');
    await frame.locator('.text-button.active').waitFor();
    await page.mouse.move(5, 5);
    await page.locator('.tab').first().click();
    const reloaded = page.waitForEvent('load');
    await runCommand(page, 'Developer: Reload Window');
    await reloaded;
    const again = await previewFrame(page);
    await again.locator('.text-button.active').waitFor();
  });
});
