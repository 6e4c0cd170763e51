import assert from 'node:assert/strict';
import { cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { after, afterEach, before } from 'mocha';
import type { Locator, Page } from 'playwright-core';
import { goTo, openFile, openWindow, patience, runCommand, untilItWorks } from '../../../scripts/editor/pages.mjs';
import { type RunningEditor, startEditor } from '../../../scripts/editor/start.mjs';
import { packaged } from './packaged.js';

export const root = fileURLToPath(new URL('../../../', import.meta.url));
const screenshots = join(root, '.groundplan', 'screenshots');

/** For the start of an editor and of a window, in milliseconds: it includes packing and installing the extension. */
export const startTimeout = 600_000;
/** For a test in a window: it waits for several things, each of which may take as long as `patience`. */
export const testTimeout = 300_000;

let running: Promise<RunningEditor> | undefined;
let folders = 0;

/** One editor for all tests, started when the first of them needs it. */
export function editor(): Promise<RunningEditor> {
  running ??= packaged().then(({ vsix }) => startEditor({ vsix, serverArguments: [smokeTestDriver] }));
  return running;
}

/** Without it VS Code ignores that it is asked to load an extension, or to run a test in its extension host. */
export const smokeTestDriver = '--vscode-option=enable-smoke-test-driver=true';

after(async function () {
  this.timeout(startTimeout);
  await (await running?.catch(() => undefined))?.close();
});

/** Gives the window of a project another colour theme. */
export async function useTheme(folder: string, name: string): Promise<void> {
  await mkdir(join(folder, '.vscode'), { recursive: true });
  await writeFile(join(folder, '.vscode', 'settings.json'), JSON.stringify({ 'workbench.colorTheme': name }));
}

/** The text of a sample. */
export function sampleText(name: string): Promise<string> {
  return readFile(join(root, 'samples', name, 'topology.yaml'), 'utf8');
}

/** A project of its own with the files of a sample. */
export async function project(sample: string): Promise<string> {
  folders += 1;
  const { folder } = await editor();
  const path = join(folder, `project-${folders}`, 'shop');
  await mkdir(path, { recursive: true });
  await cp(join(root, 'samples', sample), path, { recursive: true });
  return path;
}

/** A window on a project, shared by the tests of a `describe`. */
export interface SharedWindow {
  readonly page: () => Page;
  readonly folder: () => string;
  /** Closes whatever is open, and opens topology.yaml with this text. */
  readonly show: (text: string) => Promise<Page>;
  /** The address of everything that the window has asked for since it was open. */
  readonly requests: () => readonly string[];
  /** The text of topology.yaml on the disk. */
  readonly saved: () => Promise<string>;
}

/** Opens the window before the tests, and closes it after them; a test that fails leaves a picture of it. */
export function sharedWindow(sample: string): SharedWindow {
  let page: Page | undefined;
  let folder = '';
  const requests: string[] = [];
  const current = () => {
    if (page === undefined) throw new Error('the window is not open yet');
    return page;
  };
  before(async function () {
    this.timeout(startTimeout);
    folder = await project(sample);
    // Without a file in its address, which would be opened again whenever the window is reloaded.
    page = await openWindow(await editor(), folder);
    page.on('request', (request) => requests.push(request.url()));
    await page.locator('.explorer-folders-view .monaco-list-row').filter({ hasText: 'topology.yaml' }).waitFor();
    await openFile(page, 'topology.yaml');
    await summaryIn(page);
    // The text is what matters here: it gets the room of the explorer.
    await runCommand(page, 'View: Toggle Primary Side Bar Visibility');
  });
  leavePictureOfFailure(() => page);
  after(async () => {
    await page?.context().close();
  });
  return {
    page: current,
    folder: () => folder,
    requests: () => requests,
    saved: () => readFile(join(folder, 'topology.yaml'), 'utf8'),
    show: async (text) => {
      const window = current();
      await window.keyboard.press('Escape');
      await revertAll(window);
      await runCommand(window, 'View: Close All Editors');
      await window.locator('.tab').first().waitFor({ state: 'detached' });
      await writeFile(join(folder, 'topology.yaml'), text);
      await openFile(window, 'topology.yaml');
      await summaryIn(window);
      // They move the lines down when they come.
      await window.locator('.codelens-decoration').filter({ visible: true }).first().waitFor();
      // Where nothing reacts to it.
      await window.mouse.move(5, 5);
      // VS Code opens it where it was left.
      await goTo(window, 1);
      return window;
    },
  };
}

/** Gives back what was not saved, which VS Code would ask about when it closes. */
async function revertAll(page: Page): Promise<void> {
  const changed = page.locator('.tab.dirty').first();
  while ((await changed.count()) > 0) {
    await changed.click();
    await runCommand(page, 'File: Revert File');
    await page.locator('.tab.active:not(.dirty)').first().waitFor();
  }
}

/** Saves what was changed in the text, and waits for that. */
export async function save(page: Page): Promise<void> {
  await page.locator('.tab.active.dirty').first().waitFor();
  await page.keyboard.press('Control+S');
  await page.locator('.tab.active:not(.dirty)').first().waitFor();
}

/** Leaves a picture of the window of a test that fails, and says what is written in it. */
export function leavePictureOfFailure(window: () => Page | undefined): void {
  afterEach(async function () {
    const page = window();
    if (this.currentTest?.state !== 'failed' || page === undefined) return;
    const said = await page.locator('body').innerText();
    process.stderr.write(`    the window says: ${said.replace(/\s+/g, ' ').slice(0, 1500)}\n`);
    await takeScreenshot(page, `failed-${Date.now()}`);
  });
}

/** The notifications with a text. They are looked for in their list: what pops up vanishes again. */
export async function notification(page: Page, text: string): Promise<Locator> {
  await runCommand(page, 'Notifications: Show Notifications');
  return page.locator('.notifications-center .notification-list-item').filter({ hasText: text });
}

/** The server has answered when the status bar says something. */
async function summaryIn(page: Page): Promise<void> {
  await page.locator('[id$="groundplan.summary"]').waitFor();
}

/** What a person would see, for the documentation and for whoever looks into a failure. */
export async function takeScreenshot(page: Page, name: string): Promise<void> {
  await mkdir(screenshots, { recursive: true });
  // What has just opened may still be moving; nothing but the beauty of the picture depends on it.
  await page.waitForTimeout(400);
  await page.screenshot({ path: join(screenshots, `${name}.png`) });
}

/** Until it holds, for as long as anything may take. */
export async function eventually(check: () => Promise<void> | void): Promise<void> {
  const deadline = Date.now() + patience;
  for (;;) {
    try {
      return await check();
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await new Promise((later) => setTimeout(later, 50));
    }
  }
}

/** Where a text is: line and column from 1. */
export function placeOf(text: string, part: string): { readonly line: number; readonly column: number } {
  const offset = text.indexOf(part);
  if (offset < 0) throw new Error(`there is no ${part} in the text`);
  const before = text.slice(0, offset);
  return { line: before.split('\n').length, column: offset - before.lastIndexOf('\n') };
}

/**
 * Answers a file dialog with a path. The dialog writes a proposal, which `proposed` knows, and completes what it finds, each when it has
 * looked at a folder; what is typed before that is mixed up with it. So it is typed until it stays while the dialog looks at nothing.
 */
export async function answerFileDialog(page: Page, proposed: RegExp, path: string): Promise<void> {
  const input = page.locator('.quick-input-widget:visible input.input').first();
  const busy = page.locator('.quick-input-widget:visible .quick-input-progress .active, .quick-input-progress.active');
  await eventually(async () => assert.match(await input.inputValue(), proposed));
  await eventually(async () => {
    await input.fill(path);
    for (let looks = 0; looks < 3; looks += 1) {
      await page.waitForTimeout(200);
      assert.equal(await busy.filter({ visible: true }).count(), 0);
      assert.equal(await input.inputValue(), path);
    }
  });
  await untilItWorks(async () => {
    if (await input.isVisible()) await input.press('Enter');
    await input.waitFor({ state: 'hidden', timeout: 5000 });
  });
}
