// `npm run screenshots`: takes the pictures of the extension's README and walkthrough anew, by the tests in a real VS Code.
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { ensureEditor } from './editor.mjs';
import { root, tool } from './run.mjs';

/** The pictures that are shown, of all that the tests take. */
const shown = ['editor', 'quick-fix', 'server-types', 'preview', 'failure', 'build', 'plan'];
/** Each is in the vsix. */
const mostBytes = 150 * 1024;

const tests = ['build', 'editing', 'plan', 'preview'].map((name) => `test/vscode/${name}.test.ts`);
if (!process.argv.includes('--only-convert')) tool('tests in VS Code', 'mocha/bin/mocha.js', tests);

const target = join(root, 'extension', 'media', 'screenshots');
await mkdir(target, { recursive: true });
const programs = await ensureEditor();
const browser = await chromium.launch({ executablePath: programs.chromium, args: ['--no-sandbox', '--disable-gpu'] });
try {
  const page = await browser.newPage();
  for (const name of shown) {
    const png = await readFile(join(root, '.groundplan', 'screenshots', `${name}.png`), 'base64');
    const bytes = Buffer.from(await page.evaluate(smaller, png), 'base64');
    if (bytes.length > mostBytes) throw new Error(`${name} has ${bytes.length} bytes, more than ${mostBytes}`);
    await writeFile(join(target, `${name}.webp`), bytes);
    process.stderr.write(`${name}.webp: ${Math.round(bytes.length / 1024)} KiB\n`);
  }
} finally {
  await browser.close();
}

/** Runs in the browser: the same picture as WebP, which takes much less room; both ways in base64. */
async function smaller(png) {
  const image = new Image();
  image.src = `data:image/png;base64,${png}`;
  await image.decode();
  const canvas = document.createElement('canvas');
  canvas.width = image.width;
  canvas.height = image.height;
  canvas.getContext('2d').drawImage(image, 0, 0);
  return canvas.toDataURL('image/webp', 0.85).split(',')[1];
}
