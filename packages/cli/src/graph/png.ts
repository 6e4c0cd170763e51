import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { initWasm, Resvg } from '@resvg/resvg-wasm';
import { Failure } from '../failure.js';

/** A picture of more pixels takes more memory than a build machine may have: 4 bytes each, several times. */
const mostPixels = 64_000_000;

/**
 * A picture as PNG, `scale` times as large as the SVG, or less where that would be more than 64 million pixels. The same bytes on any
 * machine: it reads no font of the system. The SVG must say its colours itself, as that of a fixed theme does.
 *
 * @throws Failure when this installation comes without what it needs, as that of the editor does
 */
export async function renderPng(svg: string, scale: number): Promise<Uint8Array> {
  const fonts = await rasterizer();
  const [, width = 1, height = 1] = (/^<svg [^>]*width="(\d+)" height="(\d+)"/.exec(svg) ?? []).map(Number);
  const most = Math.sqrt(mostPixels / (width * height));
  const picture = new Resvg(svg, {
    fitTo: { mode: 'zoom', value: Math.min(scale, most) },
    font: { fontBuffers: fonts, defaultFontFamily: 'Inter', sansSerifFamily: 'Inter' },
  });
  try {
    const image = picture.render();
    try {
      return image.asPng();
    } finally {
      image.free();
    }
  } finally {
    picture.free();
  }
}

let loading: Promise<Uint8Array[]> | undefined;

/** Starts the rasterizer once; the fonts that it needs each time. */
function rasterizer(): Promise<Uint8Array[]> {
  loading ??= (async () => {
    const [wasm, ...fonts] = await Promise.all(files().map((path) => readFile(path)));
    await initWasm(wasm as Uint8Array);
    return fonts.map((font) => new Uint8Array(font));
  })();
  return loading;
}

/** Beside the bundle; where the packages are when the sources themselves run. */
function files(): string[] {
  const folder = fileURLToPath(new URL('./graph/', import.meta.url));
  if (existsSync(join(folder, 'resvg.wasm'))) {
    return ['resvg.wasm', 'Inter-Regular.woff2', 'Inter-SemiBold.woff2'].map((name) => join(folder, name));
  }
  try {
    return [
      import.meta.resolve('@resvg/resvg-wasm/index_bg.wasm'),
      import.meta.resolve('inter-ui/web-latin/Inter-Regular-subset.woff2'),
      import.meta.resolve('inter-ui/web-latin/Inter-SemiBold-subset.woff2'),
    ].map((url) => fileURLToPath(url));
  } catch {
    throw new Failure(
      'the groundplan command that comes with the editor makes no PNG, to stay small: export the picture from the preview, use --format svg, or install the command by npm',
    );
  }
}
