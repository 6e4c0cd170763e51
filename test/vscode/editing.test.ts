import assert from 'node:assert/strict';
import { before, describe, it } from 'mocha';
import { goTo, hoverUntil } from '../../scripts/editor/pages.mjs';
import { placeOf, sampleText, save, sharedWindow, takeScreenshot, testTimeout } from './support/editor.js';

const sample = 'multi-region-galera';
/** Where each route has a line of its own. */
const routed = 'single-region';
const route = 'shop.example.com: app.web\n';
const misspelt = 'shop.example.com: app.wbe\n';

describe('VS Code, editing', function () {
  this.timeout(testTimeout);
  const window = sharedWindow(sample);
  let text = '';
  let routes = '';
  before(async () => {
    text = await sampleText(sample);
    routes = await sampleText(routed);
  });

  it('marks what is wrong, with a message, a suggestion and a link', async () => {
    const page = await window.show(routes.replace(route, misspelt));
    await page.locator('.squiggly-error').first().waitFor();
    const { line, column } = placeOf(routes, route);
    await goTo(page, line, column + 'shop.example.com: ap'.length);
    await page.keyboard.press('Control+K');
    await page.keyboard.press('Control+I');
    const hover = page.locator('.monaco-hover:visible').filter({ hasText: 'nothing is called app.wbe' }).first();
    await hover.filter({ hasText: 'did you mean app.web?' }).waitFor();
    const link = hover.locator('a').filter({ hasText: 'reference/unknown' }).first();
    assert.match((await link.getAttribute('href')) ?? '', /docs\/diagnostics\/reference\/unknown\.md$/);
    await takeScreenshot(page, 'squiggle');
  });

  it('mends it by a quick fix', async () => {
    const page = await window.show(routes.replace(route, misspelt));
    await page.locator('.squiggly-error').first().waitFor();
    const { line, column } = placeOf(routes, route);
    await goTo(page, line, column + 'shop.example.com: app.w'.length);
    await page.keyboard.press('Control+.');
    const action = page.locator('.action-widget:visible .monaco-list-row').filter({ hasText: 'app.web' }).first();
    await action.waitFor();
    await takeScreenshot(page, 'quick-fix');
    await action.click();
    await page.locator('.squiggly-error').first().waitFor({ state: 'detached' });
    await save(page);
    assert.equal(await window.saved(), routes);
  });

  it('completes names that fit', async () => {
    const page = await window.show(routes.replace(route, 'shop.example.com: app.\n'));
    const { line, column } = placeOf(routes, route);
    await goTo(page, line, column + 'shop.example.com: app.'.length);
    await page.keyboard.press('Control+Space');
    await page.locator('.suggest-widget.visible .monaco-list-row.focused').filter({ hasText: 'web' }).waitFor();
    await takeScreenshot(page, 'completion');
    await page.keyboard.press('Enter');
    await save(page);
    assert.equal(await window.saved(), routes);
  });

  it('completes server types with their price', async () => {
    const changed = text.replace(/^ {2}web:$/m, '  web:\n    type: ');
    const page = await window.show(changed);
    const { line, column } = placeOf(changed, '    type: ');
    await goTo(page, line, column + '    type: '.length);
    await page.keyboard.press('Control+Space');
    const rows = page.locator('.suggest-widget.visible .monaco-list-row');
    await rows
      .filter({ hasText: /cx33.*€/ })
      .first()
      .waitFor();
    await takeScreenshot(page, 'server-types');
  });

  it('explains what is under the pointer', async () => {
    const page = await window.show(text);
    await takeScreenshot(page, 'editor');
    const word = page
      .locator('.view-line span')
      .filter({ hasText: /^\s*failover$/ })
      .first();
    const hover = page.locator('.monaco-hover:visible').filter({ hasText: 'leaves the records' }).first();
    await hoverUntil(page, word, hover);
    await takeScreenshot(page, 'hover');
  });

  it('renames across the file', async () => {
    const page = await window.show(text);
    await goTo(page, placeOf(text, '\n  web:').line + 1, 4);
    await page.keyboard.press('F2');
    const input = page.locator('.rename-box input');
    await input.waitFor();
    await input.fill('shopfront');
    await input.press('End');
    await takeScreenshot(page, 'rename');
    await page.keyboard.press('Enter');
    await page.locator('.view-line').filter({ hasText: 'app.shopfront' }).first().waitFor();
    await save(page);
    const renamed = await window.saved();
    assert.doesNotMatch(renamed, /app\.web\b/);
    assert.match(renamed, /^ {2}shopfront:$/m);
    assert.match(renamed, /apps: \{ shopfront: \{ count: 2 \} \}/);
  });
});
