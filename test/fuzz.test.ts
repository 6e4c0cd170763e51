import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { fuzz } from './support/fuzz.js';

describe('any text at all', function () {
  this.timeout(120_000);

  it('gives a model and diagnostics, never an exception, and is formatted without a change of meaning ("npm run fuzz" tries more)', () => {
    const { failures } = fuzz({ count: 1500, seed: 20261124 });
    assert.deepEqual(
      failures.map(({ reason, text }) => `${reason}\n${text}`),
      [],
    );
  });
});
