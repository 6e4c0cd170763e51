// `npm run bench`: ratios against peers, measured on this machine in this run. Prints a table and writes .groundplan/bench.json.
// Nothing here is asserted: a target that is missed is shown as missed.
import { report } from './bench/report.mjs';
import { build } from './build.mjs';

await build();
const { measureCheck } = await import('./bench/check.mjs');
const { measureBuild } = await import('./bench/build.mjs');
const { measureScale } = await import('./bench/scale.mjs');
const { measureText } = await import('./bench/text.mjs');

await report('bench', [measureCheck, measureBuild, measureScale, measureText]);
