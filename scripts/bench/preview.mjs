import { cp, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { root, run } from '../run.mjs';
import { milliseconds, percentile } from './processes.mjs';

const warmUps = 10;
const rounds = 60;
/** What a person takes for at once: https://www.nngroup.com/articles/response-times-3-important-limits/ */
const atOnceMilliseconds = 100;

/** From a key press in the editor to the picture beside it that shows what was typed, in VS Code with the packed extension. */
export async function measurePreview(folder) {
  // Playwright and VS Code are needed here only.
  const { ensureEditor } = await import('../editor.mjs');
  const missing = await ensureEditor().then(
    () => undefined,
    (error) => String(error).split('\n')[0],
  );
  if (missing !== undefined) {
    process.stderr.write(`left out: the preview in a real VS Code: ${missing}\n`);
    return [];
  }
  const { startEditor } = await import('../editor/start.mjs');
  const { goTo, openWindow, previewFrame, runCommand } = await import('../editor/pages.mjs');
  run('', process.execPath, ['extension/scripts/package.mjs'], { stdio: 'ignore' });
  const editor = await startEditor({ vsix: join(root, 'extension', 'dist', 'groundplan.vsix') });
  try {
    const project = join(folder, 'preview');
    await mkdir(project, { recursive: true });
    await cp(join(root, 'samples', 'multi-region-galera'), project, { recursive: true });
    const page = await openWindow(editor, project, 'topology.yaml');
    await runCommand(page, 'Groundplan: Open Preview to the Side');
    const frame = await previewFrame(page);
    const line = page.locator('.view-line').filter({ hasText: /count:.*4/ });
    await line.first().waitFor();
    await goTo(page, 23, '    count: 4'.length + 1);
    await page.evaluate(noteKeys);
    await frame.evaluate(notePaints);
    const times = [];
    for (let round = -warmUps; round < rounds; round++) {
      // Typed and taken back in turn; each changes the number of servers in the picture.
      await page.keyboard.press(round % 2 === 0 ? '1' : 'Backspace');
      const painted = await frame.evaluate(() => globalThis.nextPaint());
      const pressed = await page.evaluate(() => globalThis.lastKey);
      if (round >= 0) times.push(painted - pressed);
      await page.waitForTimeout(30);
    }
    return [
      {
        what: 'key press → repainted preview, p50 / p95',
        ours: `${milliseconds(percentile(times, 0.5))} / ${milliseconds(percentile(times, 0.95))}`,
        peer: `${atOnceMilliseconds} ms`,
        ratio: percentile(times, 0.95) / atOnceMilliseconds,
        target: 1,
      },
    ];
  } finally {
    await editor.close();
  }
}

/** Runs in the window: when a key was pressed last, in milliseconds since 1970. */
function noteKeys() {
  globalThis.addEventListener(
    'keydown',
    (event) => {
      globalThis.lastKey = performance.timeOrigin + event.timeStamp;
    },
    true,
  );
}

/** Runs in the preview: waits until another picture was painted, and says when that was. */
function notePaints() {
  let arrived;
  let waiting;
  const settle = () => {
    if (arrived === undefined || waiting === undefined) return;
    waiting(arrived);
    arrived = undefined;
    waiting = undefined;
  };
  new MutationObserver(() => {
    // The frame that shows the change begins with the next animation frame, and has ended in the task after it.
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => {
        arrived = performance.timeOrigin + performance.now();
        settle();
      };
      port2.postMessage(undefined);
    });
  }).observe(document.querySelector('.holder'), { childList: true });
  globalThis.nextPaint = () =>
    new Promise((resolve, reject) => {
      waiting = resolve;
      setTimeout(() => reject(new Error('the preview did not change within five seconds')), 5000);
      settle();
    });
}
