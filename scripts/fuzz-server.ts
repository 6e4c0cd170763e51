// `npm run fuzz:server [-- --count N --seed S]`: N random edits against the language server, with requests in between. Fails when
// the server does, or when it ends up with other diagnostics than a fresh one.
import { parseArgs } from 'node:util';
import { editServer } from '../test/support/edit-server.js';

const { values, positionals } = parseArgs({
  options: { count: { type: 'string' }, seed: { type: 'string' } },
  allowPositionals: true,
});
const count = Number(values.count ?? positionals[0] ?? 100_000);
const seed = Number(values.seed ?? Date.now() % 2 ** 31);
process.stderr.write(`${count} edits, seed ${seed}\n`);

const begin = performance.now();
let shown = begin;
const { edits, requests, failures } = await editServer({
  count,
  seed,
  onProgress: (done) => {
    if (performance.now() - shown < 5000) return;
    shown = performance.now();
    process.stderr.write(`${done} done\n`);
  },
});
const seconds = (performance.now() - begin) / 1000;
process.stdout.write(`${edits} edits and ${requests} requests in ${seconds.toFixed(1)} s\n`);
for (const failure of failures) process.stdout.write(`FAILED ${failure}\n`);
if (failures.length > 0) process.exitCode = 1;
