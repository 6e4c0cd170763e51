import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { root } from '../run.mjs';

/**
 * Measures one after the other, prints their rows as a table and writes them to `.groundplan/<name>.json`. A row without a target is
 * there to be known.
 *
 * @param {string} name
 * @param {((folder: string) => Promise<{ what: string, ours: string, peer: string, ratio: number, target: number | undefined }[]>)[]} measures
 *   each is given a folder of its own
 */
export async function report(name, measures) {
  const folder = join(root, '.groundplan', name);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const rows = [];
  for (const measure of measures) {
    process.stderr.write(`measuring ${measure.name.replace('measure', '').toLowerCase()} …\n`);
    rows.push(...(await measure(folder)));
  }
  process.stdout.write(table(rows));
  const machine = { node: process.version, cpus: cpus().length, model: cpus()[0]?.model };
  writeFileSync(join(root, '.groundplan', `${name}.json`), `${JSON.stringify({ machine, rows }, null, 2)}\n`);
}

function table(rows) {
  const shown = rows.map(({ what, ours, peer, ratio, target }) => ({
    what,
    ours,
    peer,
    ratio: Number.isFinite(ratio) ? ratio.toFixed(ratio < 0.1 ? 3 : 2) : '',
    target: target === undefined ? '' : `≤ ${target}`,
    met: target === undefined ? '' : ratio <= target ? 'yes' : 'NO',
  }));
  const columns = ['what', 'ours', 'peer', 'ratio', 'target', 'met'];
  const widths = columns.map((column) => Math.max(column.length, ...shown.map((row) => row[column].length)));
  const line = (cells) =>
    cells
      .map((cell, index) => cell.padEnd(widths[index]))
      .join('  ')
      .trimEnd();
  return `${[line(columns), ...shown.map((row) => line(columns.map((column) => row[column])))].join('\n')}\n`;
}
