// What people do in VS Code, for scripts: opening files, the palette, typing, looking at the preview.
import { errors } from 'playwright-core';

/** How long anything may take on a busy machine. It is only ever waited for in full when something is broken. */
export const patience = 60_000;

/** How long an attempt may take that is made again when VS Code was not ready for it. */
const attemptMilliseconds = 5000;

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
  if (file !== undefined) await page.locator('.monaco-editor .view-line').first().waitFor();
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
  await page.locator('.monaco-workbench').waitFor();
  return page;
}

/** How VS Code in the browser calls a file of the machine that the editor runs on. */
export function remoteAddress(editor, path) {
  return `vscode-remote://127.0.0.1:${editor.port}${path}`;
}

/**
 * Does something again as long as what it waits for does not come.
 *
 * @param {() => Promise<T>} attempt
 * @returns {Promise<T>}
 * @template T
 */
export async function untilItWorks(attempt) {
  const deadline = Date.now() + patience;
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      if (!(error instanceof errors.TimeoutError) || Date.now() > deadline) throw error;
    }
  }
}

/** Runs a command by its title. */
export async function runCommand(page, title) {
  await pick(page, `>${title}`, title);
}

/** Opens a file of the folder by its name. */
export async function openFile(page, name) {
  await pick(page, name, name);
  await page.locator('.tab.active').filter({ hasText: name }).waitFor();
  await page.locator('.monaco-editor .view-line').first().waitFor();
}

/** Puts the cursor at a place, and the focus into the text: line and column from 1. */
export async function goTo(page, line, column = 1) {
  await pick(page, `:${line}:${column}`, `line ${line} at column ${column}`);
  await page
    .locator('#status\\.editor\\.selection')
    .filter({ hasText: new RegExp(`Ln ${line}, Col ${column}\\b`) })
    .waitFor();
  await page.locator('.monaco-editor.focused').waitFor();
}

/**
 * Types something into the palette and takes the row that it leads to. F1 alone opens it: browsers have ideas of their own about Ctrl+P.
 * Until VS Code has started, and while something takes the focus, the key is lost, the palette closes again, or what was typed is
 * replaced; so everything up to the row is done again. The row is taken only when it is the one that Enter takes.
 */
async function pick(page, text, row) {
  const input = page.locator('.quick-input-widget:visible input.input').first();
  const wanted = page.locator('.quick-input-list .monaco-list-row.focused').filter({ hasText: row }).first();
  await untilItWorks(async () => {
    if (!(await input.isVisible())) await page.keyboard.press('F1');
    await input.fill(text, { timeout: attemptMilliseconds });
    await wanted.waitFor({ timeout: attemptMilliseconds });
  });
  await input.press('Enter');
  await page.waitForFunction(
    ([selector, typed]) =>
      [...document.querySelectorAll(selector)].every((each) => each.offsetParent === null || each.value !== typed),
    ['.quick-input-widget input.input', text],
  );
}

/** Rests the pointer on something until that shows something. What is drawn anew under the pointer forgets it. */
export async function hoverUntil(page, target, shown) {
  await untilItWorks(async () => {
    await page.mouse.move(5, 5);
    await target.hover({ timeout: attemptMilliseconds });
    await shown.waitFor({ timeout: attemptMilliseconds });
  });
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

/** The id of the node of a preview's picture that keys go to; null when they go elsewhere. */
export function nodeWithKeys(frame) {
  return frame.evaluate(() => (document.hasFocus() ? document.activeElement?.getAttribute('data-id') : null) ?? null);
}

/** The kinds of script that run in a frame though nobody gave them leave. */
export function foreignScripts(frame) {
  return frame.evaluate(() => {
    const ran = [];
    window.foreign = (kind) => ran.push(kind);
    const inline = document.createElement('script');
    inline.textContent = "foreign('inline')";
    const handler = document.createElement('button');
    handler.setAttribute('onclick', "foreign('handler')");
    document.body.append(inline, handler);
    handler.click();
    inline.remove();
    handler.remove();
    return ran;
  });
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
