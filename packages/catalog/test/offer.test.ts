import assert from 'node:assert/strict';
import {
  bundledCatalog,
  type Catalog,
  findImage,
  findLocation,
  findServerType,
  isSold,
  type LocationName,
  monthlyPrice,
  nearestTypes,
} from '@groundplan/catalog';
import { describe, it } from 'mocha';
import { withOffer } from './fixtures/catalogs.js';

function nearest(type: string, location: LocationName, count = 2, catalog: Catalog = bundledCatalog): string[] {
  return nearestTypes(catalog, type, location, count).map(({ name }) => name);
}

describe('finding things by name', () => {
  it('finds what there is and nothing else', () => {
    assert.equal(findLocation(bundledCatalog, 'hel1')?.city, 'Helsinki');
    assert.equal(findServerType(bundledCatalog, 'cpx62')?.disk, 640);
    assert.equal(findImage(bundledCatalog, 'debian-12')?.postgresql, 15);
    for (const find of [findLocation, findServerType, findImage]) {
      for (const name of ['', 'constructor', '__proto__', 'CX23']) assert.equal(find(bundledCatalog, name), undefined);
    }
  });
});

describe('isSold', () => {
  it('tells what is sold, what never was there, what is not any more, and what nobody knows', () => {
    assert.equal(isSold(bundledCatalog, 'cx23', 'fsn1'), 'yes');
    assert.equal(isSold(bundledCatalog, 'cx23', 'ash'), 'no');
    assert.equal(isSold(bundledCatalog, 'cpx11', 'ash'), 'yes');
    assert.equal(isSold(bundledCatalog, 'cpx11', 'fsn1'), 'no');
    assert.equal(isSold(bundledCatalog, 'cx22', 'nbg1'), 'no');
    assert.equal(isSold(bundledCatalog, 'cx99', 'nbg1'), 'unknown');
  });

  it('sells a deprecated type up to and on its last day, by the date of the catalogue', () => {
    const catalog = withOffer('cx23', 'fsn1', {
      deprecation: { announced: '2026-10-01', unavailableAfter: '2026-12-31' },
    });
    assert.equal(isSold({ ...catalog, date: '2026-12-31' }, 'cx23', 'fsn1'), 'deprecated');
    assert.equal(isSold({ ...catalog, date: '2027-01-01' }, 'cx23', 'fsn1'), 'no');
    assert.equal(isSold(catalog, 'cx23', 'nbg1'), 'yes');
  });

  it('sells what is out of stock', () => {
    assert.equal(isSold(withOffer('cx23', 'fsn1', { available: false }), 'cx23', 'fsn1'), 'yes');
  });
});

describe('monthlyPrice', () => {
  it('is net, without the address, and unknown where it is not known or not sold', () => {
    assert.deepEqual(monthlyPrice(bundledCatalog, 'cx23', 'fsn1'), {
      known: true,
      value: 5.49,
      source: 'prices-2026-09-08',
    });
    for (const location of ['sin', 'ash'] as const) {
      assert.deepEqual(monthlyPrice(bundledCatalog, 'ccx13', location), { known: false });
      assert.deepEqual(monthlyPrice(bundledCatalog, 'cx23', location), { known: false });
    }
    assert.deepEqual(monthlyPrice(bundledCatalog, 'cx99', 'fsn1'), { known: false });
  });
});

describe('nearestTypes', () => {
  it('leads from a retired type to its successor', () => {
    assert.deepEqual(nearest('cx22', 'fsn1', 1), ['cx23']);
    assert.deepEqual(nearest('cx52', 'hel1', 1), ['cx53']);
    assert.deepEqual(nearest('cpx31', 'nbg1', 1), ['cpx32']);
  });

  it('leads from a European type to one of its size elsewhere', () => {
    assert.deepEqual(nearest('cx33', 'ash'), ['cpx31', 'ccx23']);
    assert.deepEqual(nearest('cx33', 'sin'), ['cpx32', 'ccx23']);
  });

  it('would rather give more than less', () => {
    assert.deepEqual(nearest('cpx51', 'fsn1', 1), ['cpx62']);
    assert.deepEqual(nearest('cx23', 'ash', 1), ['cpx21']);
  });

  it('stays with the architecture where it can', () => {
    assert.deepEqual(nearest('cax21', 'fsn1', 3), ['cax31', 'cax11', 'cax41']);
    assert.deepEqual(nearest('cax21', 'hil', 1), ['cpx31']);
  });

  it('puts what is out of stock behind what may be there', () => {
    const catalog = withOffer('cx23', 'fsn1', { available: false });
    assert.deepEqual(nearest('cx22', 'fsn1', 1, catalog), ['cpx22']);
  });

  it('gives only what is sold there, never the type itself, and no more than asked for', () => {
    for (const { name: location } of bundledCatalog.locations) {
      for (const { name } of bundledCatalog.serverTypes) {
        const found = nearest(name, location, 5);
        assert.equal(found.length, 5);
        assert.ok(!found.includes(name));
        for (const other of found) assert.equal(isSold(bundledCatalog, other, location), 'yes', `${other} ${location}`);
      }
    }
  });

  it('has nothing to say about a type it does not know', () => {
    assert.deepEqual(nearest('m5.large', 'fsn1'), []);
  });
});
