import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { canonical, rulesOf } from '../../src/machine/rules.js';
import { canDecide } from '../../src/machine/votes.js';
import { regionOf, regionsOf, voter } from '../support/settings.js';

describe('a majority', () => {
  const decides = (settings: ReturnType<typeof regionOf>, ...names: readonly string[]) =>
    canDecide(rulesOf(settings), names);

  it('of one region is more than half of its voters', () => {
    assert.equal(decides(regionOf(), 'edge-1'), false);
    assert.equal(decides(regionOf(), 'edge-1', 'main-1'), true);
    assert.equal(decides(regionOf(), 'edge-1', 'somebody'), false);
  });

  it('of several regions is more than half of the sites, whose hosts share a vote', () => {
    assert.equal(decides(regionsOf(), 'edge-1', 'edge-2', 'edge-3'), false);
    assert.equal(decides(regionsOf(), 'edge-1', 'edge-2', 'edge-3', 'edge-4'), true);
    assert.equal(decides(regionsOf(), 'edge-1', 'edge-2', 'arbiter'), true);
  });

  it('is half of the votes with the one that breaks ties: a region is lost, and a balancer of the other', () => {
    assert.equal(decides(regionsOf(), 'edge-1', 'arbiter'), true);
    assert.equal(decides(regionsOf(), 'edge-2', 'edge-3', 'edge-4'), false);
    assert.equal(decides(regionsOf(), 'arbiter'), false);
  });

  it('is never on two sides at once, however the hosts are spread over sites', () => {
    const hosts = fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(hosts, fc.nat(), fc.option(fc.nat(11)), (sites, side, tieBreaker) => {
        const voters = sites.map((site, index) =>
          voter(`host-${index}`, { site: `site-${site}`, ...(index === tieBreaker ? { breaks_ties: true } : {}) }),
        );
        const rules = rulesOf(regionOf({ voters }));
        const names = voters.map(({ name }) => name);
        const here = names.filter((_, index) => ((side >> index) & 1) === 1);
        const there = names.filter((name) => !here.includes(name));
        assert.ok(!(canDecide(rules, here) && canDecide(rules, there)));
        assert.equal(canDecide(rules, names), true);
      }),
    );
  });
});

describe('an address', () => {
  it('is the same however it is written', () => {
    assert.equal(canonical('2001:0DB8:0:0::1'), '2001:db8::1');
    assert.equal(canonical('203.0.113.1'), '203.0.113.1');
    assert.equal(canonical('not:an:address'), 'not:an:address');
  });
});
