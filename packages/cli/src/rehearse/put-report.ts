import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { type Report, renderHtml, renderJunit } from '@groundplan/rehearsal';
import type { Context } from '../command.js';
import { failureOf } from '../failure.js';
import { putFile } from '../output/put-file.js';
import { shownName } from '../topology/paths.js';

const mode = 0o644;

/** Writes a report as a page, as JSON and for continuous integration. @throws Failure when it cannot be written */
export async function putReport(report: Report, written: string, context: Context): Promise<void> {
  const folder = resolve(context.folder, written);
  await mkdir(folder, { recursive: true }).catch((error) => {
    throw failureOf(written, error);
  });
  const files = {
    'index.html': renderHtml(report),
    'report.json': `${JSON.stringify(report, null, 2)}\n`,
    'junit.xml': renderJunit(report),
  };
  for (const [name, text] of Object.entries(files)) {
    const path = join(folder, name);
    await putFile(path, shownName(path, context.folder), text, mode);
  }
  context.note(`${shownName(join(folder, 'index.html'), context.folder)} shows it`);
}
