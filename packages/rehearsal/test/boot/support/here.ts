import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { places, preflight, run, sweep, thisMachine } from '@groundplan/rehearsal';
import type { Context } from 'mocha';
import { leaveOut } from '../../../../../test/support/needs.js';

/** Leaves out what boots hosts where no host can be booted, and removes what an earlier run left. */
export async function needsHosts(test: Context): Promise<void> {
  const missing = await preflight(thisMachine(places().images));
  if (missing.length > 0) leaveOut(test, missing.map(({ what, how }) => `it needs ${what} (${how})`).join('; '));
  await sweep(places().runs);
}

/** What a run left on this machine: namespaces, loop devices, control groups, mounts and processes that bear its id. */
export async function leftOf(id: string): Promise<string[]> {
  const commands = [
    ['ip', 'netns', 'list'],
    ['losetup', '--list', '--noheadings'],
    ['find', '/sys/fs/cgroup', '-maxdepth', '2', '-type', 'd'],
    ['cat', '/proc/mounts'],
    ['ip', 'link'],
  ];
  const outputs = await Promise.all(commands.map(async ([program = '', ...args]) => (await run(program, args)).stdout));
  const lines = outputs.flatMap((output) => output.split('\n'));
  return [...lines, ...(await commandLines())].filter((line) => line.includes(id));
}

/** Of all processes, as far as they can be read. */
async function commandLines(): Promise<string[]> {
  const numbers = (await readdir('/proc')).filter((name) => /^[0-9]+$/.test(name));
  const results = await Promise.all(numbers.map((pid) => run('cat', [join('/proc', pid, 'cmdline')])));
  return results.map(({ stdout }) => stdout.replaceAll('\0', ' '));
}
