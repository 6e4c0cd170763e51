import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { type LogOutputChannel, type Uri, window, workspace } from 'vscode';
import type { Plan } from '../common/platform.js';
import { runFor } from './tasks.js';

/** A plan of a few thousand resources has a few dozen MB. */
const mostBytes = 512 * 1024 * 1024;

/** Plans a topology in a terminal and reads the plan; undefined when there is none, which the terminal or a message says. */
export async function makePlan(extension: Uri, topology: Uri, output: LogOutputChannel): Promise<Plan | undefined> {
  const settings = workspace.getConfiguration('groundplan', topology);
  const tool = settings.get<string>('plan.tool', 'auto');
  const more = settings.get<string[]>('plan.arguments', []);
  const build = join(dirname(topology.fsPath), 'build');
  // A saved plan tells everything about a system: only this user may read the folder, which is gone afterwards.
  const folder = await mkdtemp(join(tmpdir(), 'groundplan-'));
  try {
    const file = join(folder, 'plan');
    const code = await runFor(extension, 'plan', topology, ['--tool', tool, '--', `-out=${file}`, ...more]);
    if (code === undefined || !existsSync(file)) return undefined;
    const plan = await show(tool === 'auto' ? ['terraform', 'tofu'] : [tool], build, file, output);
    if (plan === undefined) return undefined;
    return { source: 'groundplan plan', plan, trace: await readFile(join(build, 'trace.json'), 'utf8') };
  } catch (error) {
    output.error(`plan: ${String(error)}`);
    void window.showErrorMessage('The plan could not be read. The output says why.');
    return undefined;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** What the first of these tools that can says of a plan. */
async function show(
  tools: readonly string[],
  build: string,
  file: string,
  output: LogOutputChannel,
): Promise<string | undefined> {
  for (const tool of tools) {
    try {
      const { stdout } = await promisify(execFile)(tool, [`-chdir=${build}`, 'show', '-json', file], {
        maxBuffer: mostBytes,
      });
      return stdout;
    } catch (error) {
      output.warn(`${tool} show: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  void window.showErrorMessage('The plan was made, but could not be shown. The output says why.');
  return undefined;
}
