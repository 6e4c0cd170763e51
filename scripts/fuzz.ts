// `npm run fuzz [-- --count N --seed S]`: mutated topologies through check and the formatter. Whatever throws, or takes longer than
// two seconds, is written to a file, and the run fails.
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { fuzz } from '../test/support/fuzz.js';

const { values } = parseArgs({ options: { count: { type: 'string' }, seed: { type: 'string' } } });
const count = Number(values.count ?? 100_000);
const seed = Number(values.seed ?? Date.now() % 2 ** 31);
process.stderr.write(`${count} inputs, seed ${seed}\n`);

const begin = performance.now();
let shown = begin;
const { failures, slowest } = fuzz({
  count,
  seed,
  onProgress: (done) => {
    if (performance.now() - shown < 5000) return;
    shown = performance.now();
    process.stderr.write(`${done} done\n`);
  },
});
const seconds = (performance.now() - begin) / 1000;
process.stdout.write(`${count} inputs in ${seconds.toFixed(1)} s (${Math.round(count / seconds)} a second)\n`);
process.stdout.write(`slowest: ${slowest.milliseconds.toFixed(0)} ms for ${slowest.text.length} characters\n`);
if (failures.length > 0) {
  const folder = mkdtempSync(join(tmpdir(), 'groundplan-fuzz-'));
  failures.forEach(({ text, reason }, index) => {
    const path = join(folder, `${index}.yaml`);
    writeFileSync(path, text);
    process.stdout.write(`${reason}\n  ${path}\n`);
  });
  process.exitCode = 1;
}
