import assert from 'node:assert/strict';
import { summary } from '@groundplan/ide';
import { describe, it } from 'mocha';
import { snapshotOf } from '../support/snapshot-of.js';
import { cases, prefixes, samples } from '../support/texts.js';

describe('the summary', () => {
  it('counts problems and servers, and says the cost', () => {
    const { text } = samples.find(({ name }) => name === 'smallest') ?? { text: '' };
    assert.deepEqual(summary(snapshotOf(text)), {
      name: 'shop',
      errors: 0,
      warnings: 0,
      hosts: 6,
      cost: '60.15 € a month',
    });
  });

  it('says what is not known', () => {
    const { text } = samples.find(({ name }) => name === 'active-standby') ?? { text: '' };
    assert.match(summary(snapshotOf(text)).cost, /^≥ \d+\.\d\d € a month, \d+ prices unknown$/);
  });

  it('has no name where none is written', () => {
    assert.deepEqual(summary(snapshotOf('')), { name: '', errors: 1, warnings: 0, hosts: 0, cost: '0.00 € a month' });
  });

  it('counts what is shown, for any text', () => {
    for (const { text } of [...samples.flatMap((sample) => prefixes(sample, 25)), ...cases]) {
      const snapshot = snapshotOf(text);
      const count = (wanted: string) => snapshot.diagnostics.filter(({ severity }) => severity === wanted).length;
      const { errors, warnings } = summary(snapshot);
      assert.deepEqual([errors, warnings], [count('error'), count('warning')]);
    }
  });
});
