import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { npmTool } from '../npm-tool.mjs';

const version = '1.29.2';

/** Graphviz in WebAssembly, which runs in this process. */
export async function loadGraphviz() {
  const folder = await npmTool('@hpcc-js/wasm-graphviz', version);
  const { Graphviz } = await import(pathToFileURL(join(folder, 'dist', 'index.js')).href);
  return Graphviz.load();
}
