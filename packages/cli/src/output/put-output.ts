import { join, relative, resolve } from 'node:path';
import type { Context } from '../command.js';
import { plural } from '../report/report.js';
import type { Input } from '../topology/inputs.js';
import { shownName } from '../topology/paths.js';
import { manifestFile } from './manifest.js';
import { finishInterrupted, type Output, type Target, writeOutput } from './write-output.js';

/** Where a topology is compiled to: the folder that `--out` names, or `build/` beside the file. */
export function targetOf(input: Input, out: string | undefined, context: Context): Target {
  const folder = out === undefined ? join(input.folder, 'build') : resolve(context.folder, out);
  const written = out ?? relative(context.folder, folder);
  return { folder, shown: shownName(written, context.folder).replace(/(?<=.)\/$/, '') };
}

/** Completes what an interrupted build left in a folder, and says so. */
export async function finishBuild(target: Target, context: Context): Promise<void> {
  if (await finishInterrupted(target)) context.note(`finished what an interrupted build had left in ${target.shown}`);
}

/**
 * Writes what a topology compiles to, and says what was done.
 *
 * @throws Failure when something is in the way or the folder cannot be written
 */
export async function putOutput(target: Target, output: Output, force: boolean, context: Context): Promise<void> {
  const { written, removed, kept } = await writeOutput(target, output, force);
  for (const path of kept) context.note(`${target.shown}/${path} is no longer made, but was changed by hand: it stays`);
  const changed = written.filter((path) => path !== manifestFile);
  if (written.length === 0) context.note(`${target.shown} is up to date`);
  else
    context.note(
      `${target.shown}: ${plural(changed.length, 'file')} written${removed.length > 0 ? `, ${removed.length} removed` : ''}`,
    );
}
