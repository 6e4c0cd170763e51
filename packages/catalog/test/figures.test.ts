import assert from 'node:assert/strict';
import {
  addSums,
  bundledCatalog,
  emptySum,
  formatPrice,
  formatSum,
  knownFigure,
  sumFigures,
  timesFigure,
  unknownFigure,
} from '@groundplan/catalog';
import fc from 'fast-check';
import { describe, it } from 'mocha';

const price = (euros: number) => knownFigure(euros, 'prices-2026-09-08');

describe('sums of figures', () => {
  it('shows a sum that is whole', () => {
    assert.equal(formatSum(sumFigures([price(5.49), price(8.49), price(0.5)])), '14.48 €');
    assert.equal(formatSum(emptySum), '0.00 €');
  });

  it('shows what is missing, and never counts it as nothing', () => {
    assert.equal(formatSum(sumFigures([price(61.45), unknownFigure, unknownFigure])), '≥ 61.45 €, 2 prices unknown');
    assert.equal(formatSum(sumFigures([unknownFigure])), '≥ 0.00 €, 1 price unknown');
  });

  it('adds sums of sums', () => {
    const region = sumFigures([price(10.1), unknownFigure]);
    assert.deepEqual(addSums([region, region, emptySum]), { euros: 20.2, unknown: 2 });
  });

  it('multiplies what is known', () => {
    const { volumePerGbMonth } = bundledCatalog.prices;
    assert.equal(formatPrice(timesFigure(volumePerGbMonth, 100)), '5.72 €');
    assert.equal(formatPrice(timesFigure(unknownFigure, 3)), 'price unknown');
  });

  it('does not let binary noise decide half a cent', () => {
    assert.equal(formatPrice(price(1.005)), '1.01 €');
    assert.equal(sumFigures(Array(10).fill(price(0.1))).euros, 1);
  });

  it('gives the same sum in any order', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 100_000 })), (cents) => {
        const figures = cents.map((one) => price(one / 100));
        assert.deepEqual(sumFigures([...figures].reverse()), sumFigures(figures));
      }),
    );
  });
});
