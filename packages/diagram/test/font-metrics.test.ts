import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'mocha';
import { metricsModule } from '../scripts/font-metrics.mjs';
import { clipText, textWidth } from '../src/text/measure.js';

describe('the metrics of the font', () => {
  it('are those of the font that pictures are made with; if not, run packages/diagram/scripts/font-metrics.mjs', async () => {
    const written = readFileSync(new URL('../src/text/inter-metrics.ts', import.meta.url), 'utf8');
    assert.equal(written, await metricsModule());
  });

  it('say how wide a text is', () => {
    const font = { size: 20, weight: 'regular' } as const;
    assert.equal(textWidth('', font), 0);
    assert.ok(Math.abs(textWidth('i', font) - 4.9) < 0.5);
    assert.ok(textWidth('shop', { ...font, weight: 'semibold' }) > textWidth('shop', font));
    assert.ok(textWidth('漢', font) >= 20);
  });

  it('cut a text that is too long, between characters', () => {
    const font = { size: 10, weight: 'regular' } as const;
    assert.equal(clipText('shop', font, 100), 'shop');
    assert.equal(clipText('a very long name', font, 40), 'a very…');
    assert.ok(textWidth(clipText('\u{1f600}'.repeat(20), font, 50), font) <= 50);
    assert.equal(clipText('\u{1f600}'.repeat(20), font, 50).replaceAll('\u{1f600}', ''), '…');
  });
});
