import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, it } from 'mocha';
import { drawTopology } from '../src/index.js';
import { modelOf, samples } from './support.js';

/** The picture of each sample. `UPDATE=1` rewrites them: look at them then. */
describe('the picture of', () => {
  for (const { name, text } of samples) {
    it(name, () => {
      const path = fileURLToPath(new URL(`./golden/${name}.svg`, import.meta.url));
      const { svg } = drawTopology(modelOf(text));
      if (process.env.UPDATE === '1') writeFileSync(path, svg);
      assert.ok(existsSync(path), `${path} is missing: run with UPDATE=1 and look at it`);
      assert.equal(svg, readFileSync(path, 'utf8'));
    });
  }
});
