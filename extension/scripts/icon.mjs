import { readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const pixels = 256;

/** Draws media/icon.png from media/icon.svg: shops take no SVG. */
export async function drawIcon(extension) {
  const { initWasm, Resvg } = await import('@resvg/resvg-wasm');
  const wasm = createRequire(import.meta.url).resolve('@resvg/resvg-wasm/index_bg.wasm');
  await initWasm(await readFile(wasm));
  const svg = await readFile(join(extension, 'media', 'icon.svg'), 'utf8');
  const png = new Resvg(svg, { fitTo: { mode: 'width', value: pixels } }).render().asPng();
  const file = join(extension, 'media', 'icon.png');
  const old = await readFile(file).catch(() => undefined);
  if (old === undefined || !old.equals(png)) await writeFile(file, png);
}
