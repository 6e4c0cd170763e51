import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { analyse } from '@groundplan/model';
import { initWasm, Resvg } from '@resvg/resvg-wasm';
import { before, describe, it } from 'mocha';
import { drawTopology } from '../src/index.js';
import { textWidth } from '../src/text/measure.js';
import { samples } from './support.js';

const fonts = ['Regular', 'SemiBold'].map(
  (weight) =>
    new Uint8Array(readFileSync(fileURLToPath(import.meta.resolve(`inter-ui/web-latin/Inter-${weight}-subset.woff2`)))),
);

/** How wide the rasterizer draws a text; the box of its outlines. */
function drawnWidth(text: string, size: string, isSemibold: boolean): number {
  const family = isSemibold ? 'Inter SemiBold' : 'Inter';
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="2000" height="50"><text x="10" y="30" font-family="${family}" font-weight="${isSemibold ? 600 : 400}" font-size="${size}">${text}</text></svg>`;
  const picture = new Resvg(svg, { font: { fontBuffers: fonts, defaultFontFamily: 'Inter' } });
  const width = picture.getBBox()?.width ?? 0;
  picture.free();
  return width;
}

interface Text {
  readonly content: string;
  readonly size: string;
  readonly isSemibold: boolean;
}

function textsOf(svg: string): Text[] {
  return [...svg.matchAll(/<text ([^>]*)>([^<]*)<\/text>/g)].map(([, attributes = '', content = '']) => ({
    content,
    size: /font-size="(\d+)"/.exec(attributes)?.[1] ?? '',
    isSemibold: /class="[^"]*\bgp-b\b/.test(attributes),
  }));
}

describe('text in a picture', () => {
  before(() =>
    initWasm(readFileSync(fileURLToPath(import.meta.resolve('@resvg/resvg-wasm/index_bg.wasm')))).catch(
      () => undefined,
    ),
  );

  it('is never wider than the layout takes it for', () => {
    const texts = new Map<string, Text>();
    for (const sample of samples) {
      const { model, diagnostics } = analyse(sample.text);
      for (const text of textsOf(drawTopology(model, { problems: diagnostics }).svg))
        texts.set(JSON.stringify(text), text);
    }
    assert.ok(texts.size > 60);
    for (const { content, size, isSemibold } of texts.values()) {
      const plain = content.replaceAll('&#39;', "'").replaceAll('&amp;', '&');
      const reckoned = textWidth(plain, { size: Number(size), weight: isSemibold ? 'semibold' : 'regular' });
      const seen = drawnWidth(content, size, isSemibold);
      assert.ok(seen > 0, `${content} is not drawn`);
      assert.ok(seen <= reckoned + 0.5, `${content} is ${seen} wide, not ${reckoned}`);
      assert.ok(seen >= 0.8 * reckoned - 4, `${content} is ${seen} wide, far less than ${reckoned}`);
    }
  });
});
