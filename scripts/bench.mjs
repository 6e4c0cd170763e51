// `npm run bench`: ratios against peers, measured on this machine in this run. Prints a table and writes .groundplan/bench.json.
// Nothing here is asserted: a target that is missed is shown as missed.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { build } from './build.mjs';
import { root } from './run.mjs';

await build();
const { measureCheck } = await import('./bench/check.mjs');
const { measureBuild } = await import('./bench/build.mjs');
const { measureScale } = await import('./bench/scale.mjs');
const { measureText } = await import('./bench/text.mjs');

const folder = join(root, '.groundplan', 'bench');
rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });

const rows = [];
for (const measure of [measureCheck, measureBuild, measureScale, measureText]) {
  process.stderr.write(`measuring ${measure.name.replace('measure', '').toLowerCase()} …\n`);
  rows.push(...(await measure(folder)));
}

const shown = rows.map(({ what, ours, peer, ratio, target }) => ({
  what,
  ours,
  peer,
  ratio: ratio.toFixed(2),
  target: `≤ ${target}`,
  met: ratio <= target ? 'yes' : 'NO',
}));
const columns = ['what', 'ours', 'peer', 'ratio', 'target', 'met'];
const widths = columns.map((column) => Math.max(column.length, ...shown.map((row) => row[column].length)));
const line = (cells) =>
  cells
    .map((cell, index) => cell.padEnd(widths[index]))
    .join('  ')
    .trimEnd();
process.stdout.write(
  `${[line(columns), ...shown.map((row) => line(columns.map((column) => row[column])))].join('\n')}\n`,
);
const machine = { node: process.version, cpus: cpus().length, model: cpus()[0]?.model };
writeFileSync(join(root, '.groundplan', 'bench.json'), `${JSON.stringify({ machine, rows }, null, 2)}\n`);
