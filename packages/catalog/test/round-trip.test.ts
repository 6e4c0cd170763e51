import assert from 'node:assert/strict';
import { bundledCatalog, type LocationName, roundTripMilliseconds } from '@groundplan/catalog';
import { describe, it } from 'mocha';

const names = bundledCatalog.locations.map(({ name }) => name);

function shown(a: LocationName, b: LocationName): string {
  const { value, estimated } = roundTripMilliseconds(a, b);
  return `${estimated ? 'about ' : ''}${value} ms`;
}

describe('roundTripMilliseconds', () => {
  it('is what was measured between the European locations', () => {
    assert.equal(shown('fsn1', 'nbg1'), '3.4 ms');
    assert.equal(shown('fsn1', 'hel1'), '25 ms');
    assert.equal(shown('hel1', 'nbg1'), '24.4 ms');
  });

  it('is estimated over the oceans, and says so', () => {
    assert.equal(shown('ash', 'hil'), 'about 56 ms');
    assert.equal(shown('fsn1', 'ash'), 'about 101 ms');
    assert.equal(shown('fsn1', 'sin'), 'about 150 ms');
    assert.match(roundTripMilliseconds('fsn1', 'sin').source.title, /Distance/);
  });

  it('is the same in both directions, and at least a millisecond at home', () => {
    for (const a of names) {
      for (const b of names) assert.deepEqual(roundTripMilliseconds(a, b), roundTripMilliseconds(b, a));
      assert.equal(roundTripMilliseconds(a, a).value, 1);
    }
  });
});
