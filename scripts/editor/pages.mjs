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
  const payload = file === undefined ? [] : [['openFile', remoteAddress(editor, `${folder}/${file}`)]];
  const page = await openPage(editor, { folder, payload: JSON.stringify(payload) }, size);
  if (file !== undefined) await page.locator('.monaco-editor .view-line').first().waitFor({ timeout: 60_000 });
  return page;
}

/**
 * A new window on whatever VS Code is asked for by its address.
 *
 * @param {import('./start.mjs').RunningEditor} editor
 * @param {Record<string, string>} query such as `folder`, `workspace` and `payload`
 */
export async function openPage(editor, query, size = { width: 1280, height: 800 }) {
  const context = await editor.browser.newContext({
    viewport: size,
    permissions: ['clipboard-read', 'clipboard-write'],
  });
  const page = await context.newPage();
  page.setDefaultTimeout(patience);
  await page.goto(`http://127.0.0.1:${editor.port}/?${new URLSearchParams(query)}`, { waitUntil: 'commit' });
  await page.locator('.monaco-workbench').waitFor({ timeout: 60_000 });
  return page;
}

/** How VS Code in the browser calls a file of the machine that the editor runs on. */
export function remoteAddress(editor, path) {
  return `vscode-remote://127.0.0.1:${editor.port}${path}`;
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
export async function previewFrame(page, milliseconds = patience) {
  const deadline = Date.now() + milliseconds;
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

/** The texts of a preview's picture whose contrast to what they stand on is below the 4.5 : 1 that WCAG 2 asks of text. */
export function illegibleTexts(frame) {
  return frame.evaluate(illegible);
}

/** Runs in the preview. */
function illegible() {
  const channels = (color) => {
    const numbers = (color.match(/[\d.]+/g) ?? []).slice(0, 3).map(Number);
    return color.startsWith('rgb') ? numbers.map((value) => value / 255) : numbers;
  };
  const luminance = (color) => {
    const [red, green, blue] = channels(color).map((value) =>
      value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4,
    );
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const groundOf = (text) => {
    if (text.classList.contains('gp-on-mark')) return text.parentElement.querySelector('.gp-mark');
    const node = text.closest('.gp-node');
    // A volume has no ground of its own: it lies on the row of its server.
    if (node?.querySelector(':scope > .gp-plain')) return document.querySelector('.gp-row:not(.gp-plain)');
    return node?.querySelector(':scope > .gp-row, :scope > .gp-box') ?? document.querySelector('.gp-page');
  };
  return [...document.querySelectorAll('.gp text')].flatMap((text) => {
    const [low, high] = [text, groundOf(text)]
      .map((element) => luminance(getComputedStyle(element).fill))
      .sort((a, b) => a - b);
    const contrast = (high + 0.05) / (low + 0.05);
    return contrast >= 4.5 ? [] : [`${text.textContent}: ${contrast.toFixed(2)} : 1`];
  });
}
