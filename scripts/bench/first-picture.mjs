// The first picture of this process, by `groundplan` or `graphviz`: prints `{ milliseconds }` without the time of the imports.
import { readFileSync } from 'node:fs';
import { drawTopology } from '@groundplan/diagram';
import { analyse } from '@groundplan/model';
import { loadGraphviz } from './graphviz.mjs';

const [who = '', file = ''] = process.argv.slice(2);
const { text, dot, expanded } = JSON.parse(readFileSync(file, 'utf8'));
const draw = who === 'graphviz' ? await withGraphviz() : withGroundplan();
const begin = performance.now();
draw();
process.stdout.write(JSON.stringify({ milliseconds: performance.now() - begin }));

function withGroundplan() {
  const { model } = analyse(text);
  const options = { expanded: new Set(expanded) };
  return () => drawTopology(model, options);
}

async function withGraphviz() {
  const graphviz = await loadGraphviz();
  return () => graphviz.dot(dot, 'svg');
}
