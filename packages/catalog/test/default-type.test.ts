import assert from 'node:assert/strict';
import { bundledCatalog, defaultServerType, findServerType, isSold, type Role } from '@groundplan/catalog';
import { describe, it } from 'mocha';
import { withOffer, withoutType } from './fixtures/catalogs.js';

const roles: readonly Role[] = ['lb', 'app', 'db', 'sto', 'arbiter'];

describe('defaultServerType', () => {
  it('is the language’s default for each role and location', () => {
    const table = bundledCatalog.locations.map(({ name }) => [
      name,
      ...roles.map((role) => defaultServerType(bundledCatalog, role, name)),
    ]);
    assert.deepEqual(table, [
      ['ash', 'cpx11', 'cpx31', 'cpx31', 'cpx21', 'cpx11'],
      ['fsn1', 'cx23', 'cx33', 'cx33', 'cx23', 'cx23'],
      ['hel1', 'cx23', 'cx33', 'cx33', 'cx23', 'cx23'],
      ['hil', 'cpx11', 'cpx31', 'cpx31', 'cpx21', 'cpx11'],
      ['nbg1', 'cx23', 'cx33', 'cx33', 'cx23', 'cx23'],
      ['sin', 'cpx22', 'cpx32', 'cpx32', 'cpx22', 'cpx12'],
    ]);
  });

  it('is sold where it is a default, and runs on x86', () => {
    for (const { name: location } of bundledCatalog.locations) {
      for (const role of roles) {
        const type = defaultServerType(bundledCatalog, role, location);
        assert.equal(isSold(bundledCatalog, type, location), 'yes', `${role} in ${location}`);
        assert.equal(findServerType(bundledCatalog, type)?.architecture, 'x86');
      }
    }
  });

  it('does not follow stock, nor an end that is only announced', () => {
    const deprecation = { announced: '2026-10-01', unavailableAfter: '2026-12-31' };
    assert.equal(defaultServerType(withOffer('cx23', 'fsn1', { available: false }), 'lb', 'fsn1'), 'cx23');
    assert.equal(defaultServerType(withOffer('cx23', 'fsn1', { deprecation }), 'lb', 'fsn1'), 'cx23');
  });

  it('is the smallest that fits once the default is gone', () => {
    assert.equal(defaultServerType(withoutType('cx23'), 'lb', 'fsn1'), 'cpx22');
    assert.equal(defaultServerType(withoutType('cx33'), 'db', 'nbg1'), 'cpx32');
    const retired = { announced: '2026-01-01', unavailableAfter: '2026-03-31' };
    assert.equal(defaultServerType(withOffer('cpx31', 'ash', { deprecation: retired }), 'app', 'ash'), 'ccx23');
  });

  it('is a name even where nothing is sold', () => {
    assert.equal(defaultServerType({ ...bundledCatalog, serverTypes: [] }, 'app', 'sin'), 'cpx32');
  });
});
