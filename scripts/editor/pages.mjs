// What people do in VS Code, for scripts: opening files, the palette, typing, looking at the preview.

/** How long anything may take that a person would wait for. */
const patience = 20_000;

/**
 * A new window on a folder with a file open in it.
 *
 * @param {import('./start.mjs').RunningEditor} editor
 * @param {string} folder absolute
 * @param {string} [file] relative to the folder
 */
export async function openWindow(editor, folder, file, size = { width: 1280, height: 800 }) {
  const context = await editor.browser.newContext({
    viewport: size,
    permissions: ['clipboard-read', 'clipboard-write'],
  });
  const page = await context.newPage();
  page.setDefaultTimeout(patience);
  const authority = `127.0.0.1:${editor.port}`;
  const payload = file === undefined ? [] : [['openFile', `vscode-remote://${authority}${folder}/${file}`]];
  const query = new URLSearchParams({ folder, payload: JSON.stringify(payload) });
  await page.goto(`http://${authority}/?${query}`, { waitUntil: 'commit' });
  await page.locator('.monaco-workbench').waitFor({ timeout: 60_000 });
  if (file !== undefined) await page.locator('.monaco-editor .view-line').first().waitFor({ timeout: 60_000 });
  return page;
}

/** Runs a command by its title. */
export async function runCommand(page, title) {
  await page.keyboard.press('F1');
  const input = page.locator('.quick-input-widget:visible input.input').first();
  await input.waitFor();
  await input.fill(`>${title}`);
  await page.locator('.quick-input-list .monaco-list-row').filter({ hasText: title }).first().waitFor();
  await page.keyboard.press('Enter');
}

/** Opens a file of the folder by its name. */
export async function openFile(page, name) {
  await page.keyboard.press('Control+P');
  const input = page.locator('.quick-input-widget:visible input.input').first();
  await input.waitFor();
  await input.fill(name);
  await page.locator('.quick-input-list .monaco-list-row').filter({ hasText: name }).first().waitFor();
  await page.keyboard.press('Enter');
  await page.locator('.tab.active').filter({ hasText: name }).waitFor();
  await page.locator('.monaco-editor .view-line').first().waitFor();
}

/** Puts the cursor at a place: line and column from 1. */
export async function goTo(page, line, column = 1) {
  await page.keyboard.press('Control+G');
  const input = page.locator('.quick-input-widget:visible input.input').first();
  await input.waitFor();
  await input.fill(`:${line}:${column}`);
  await page.keyboard.press('Enter');
  await page.locator('.quick-input-widget').waitFor({ state: 'hidden' });
}

/** The frame of the preview, once it shows a picture. */
export async function previewFrame(page) {
  const deadline = Date.now() + patience;
  while (Date.now() < deadline) {
    for (const frame of page.frames()) {
      const found = await frame.evaluate(() => document.querySelector('.holder svg') !== null).catch(() => false);
      if (found) return frame;
    }
    await page.waitForTimeout(50);
  }
  throw new Error(
    `no preview among ${page
      .frames()
      .map((frame) => frame.url().slice(0, 80))
      .join(', ')}`,
  );
}
