// Compiles a topology in this process: prints `{ milliseconds, kilobytes, bytes }` without the time of the imports.
import { readFileSync, writeFileSync } from 'node:fs';
import { bundledCatalog } from '@groundplan/catalog';
import { analyse } from '@groundplan/model';
import { compile } from '@groundplan/terraform';

const [topology = '', out = '', key = ''] = process.argv.slice(2);
const text = readFileSync(topology, 'utf8');
const files = new Map([['keys/ops.pub', readFileSync(key, 'utf8')]]);
const begin = performance.now();
const { model, tree } = analyse(text);
const { value } = compile({ model, catalog: bundledCatalog, topologyFile: 'topology.yaml', lines: tree.lines, files });
const time = performance.now() - begin;
const main = value.files.get('main.tf.json') ?? '';
writeFileSync(out, main);
process.stdout.write(
  JSON.stringify({
    milliseconds: time,
    kilobytes: process.resourceUsage().maxRSS,
    servers: model.hosts.length,
    bytes: main.length,
  }),
);
