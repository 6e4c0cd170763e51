// `npm run bench:editor`: the editor's figures as ratios against peers, measured on this machine in this run. Prints a table and
// writes .groundplan/bench-editor.json. Nothing here is asserted: a target that is missed is shown as missed.

import { report } from './bench/report.mjs';
import { build } from './build.mjs';

await build();
const { measureServer } = await import('./bench/editor.mjs');
const { measureGrowth } = await import('./bench/growth.mjs');
const { measureDiagram } = await import('./bench/diagram.mjs');
const { measurePreview } = await import('./bench/preview.mjs');

await report('bench-editor', [measureServer, measureGrowth, measureDiagram, measurePreview]);
