import assert from 'node:assert/strict';
import {
  formatDuration,
  formatRange,
  formatSize,
  parseAddress,
  parseDuration,
  parseRange,
  parseSize,
} from '@groundplan/model';
import fc from 'fast-check';
import { describe, it } from 'mocha';

describe('durations', () => {
  const read = (text: string) => parseDuration(text);

  it('are seconds, minutes, hours or days', () => {
    assert.deepEqual(['5s', '15m', '26h', '180d', '0s'].map(read), [5, 900, 93_600, 15_552_000, 0]);
  });

  it('are nothing else', () => {
    for (const text of ['', '5', 's', '5 s', '-5s', '1.5h', '5S', '1w', '5s5s', '99999999999s']) {
      assert.equal(read(text), undefined, text);
    }
  });

  it('read back as they are written', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 999_999_999 }), (seconds) => {
        assert.equal(parseDuration(formatDuration(seconds)), seconds);
      }),
    );
  });
});

describe('sizes', () => {
  it('are GB or TB of 1000 GB', () => {
    assert.deepEqual(['10GB', '2TB', '1500GB'].map(parseSize), [10, 2000, 1500]);
    assert.deepEqual([10, 2000, 1500].map(formatSize), ['10GB', '2TB', '1500GB']);
  });

  it('are nothing else', () => {
    for (const text of ['', '10', 'GB', '10 GB', '10gb', '10GiB', '-1GB', '1.5TB'])
      assert.equal(parseSize(text), undefined, text);
  });
});

describe('addresses and ranges', () => {
  it('read as they are written', () => {
    assert.equal(parseAddress('10.20.0.5'), 169_082_885);
    assert.deepEqual(parseRange('10.10.0.0/16'), { base: 168_427_520, prefix: 16 });
  });

  it('refuse what is not one', () => {
    for (const text of ['10.0.0', '10.0.0.256', '010.0.0.1', '10.0.0.1.2', 'a.b.c.d', '', ' 10.0.0.1']) {
      assert.equal(parseAddress(text), undefined, text);
    }
    for (const text of ['10.0.0.0', '10.0.0.1/16', '10.0.0.0/33', '10.0.0.0/-1', '10.0.0.0/016', '0.0.0.0/']) {
      assert.equal(parseRange(text), undefined, text);
    }
  });

  it('read back as they are written', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 32 }), fc.nat({ max: 2 ** 31 - 1 }), (prefix, seed) => {
        const size = 2 ** (32 - prefix);
        const range = { base: Math.floor(seed / size) * size, prefix };
        assert.deepEqual(parseRange(formatRange(range)), range);
      }),
    );
  });
});
