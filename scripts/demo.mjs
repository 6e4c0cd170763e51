// `npm run demo`: from a fresh clone to a compiled sample.
import { relative } from 'node:path';
import { build } from './build.mjs';
import { root, run } from './run.mjs';

const sample = 'samples/single-region/topology.yaml';
const out = '.groundplan/demo';

await build();
const groundplan = 'packages/cli/bin/groundplan.js';
run('groundplan check', process.execPath, [groundplan, 'check', sample]);
run('groundplan build', process.execPath, [groundplan, 'build', sample, '--out', out]);
run('groundplan cost', process.execPath, [groundplan, 'cost', sample]);
process.stderr.write(`
The sample is compiled. Look at it:
  ${relative(root, sample)}
  ${out}/main.tf.json
Then start one of your own:
  node ${groundplan} init my-topology
`);
