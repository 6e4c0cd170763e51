import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { afterProbe, type Observation, type ProbeResult, unobserved } from '../../src/machine/opinion.js';
import { rulesOf } from '../../src/machine/rules.js';
import { healthy, silent, withoutDatabase } from '../support/driver.js';
import { regionOf } from '../support/settings.js';

const rules = rulesOf(regionOf());

/** What a host thinks after these probes, 5 s apart. */
function after(...results: readonly ProbeResult[]): Observation {
  return results.reduce((before, result, index) => afterProbe(rules, before, result, index * 5000), unobserved);
}

const times = (count: number, result: ProbeResult) => Array.from({ length: count }, () => result);
const opinionAfter = (...results: readonly ProbeResult[]) => after(...results).opinion;

describe('what a host thinks of a balancer', () => {
  const up = times(6, healthy);

  it('is nothing until it was probed often enough', () => {
    assert.equal(opinionAfter(), 'unknown');
    assert.equal(opinionAfter(...times(5, healthy)), 'unknown');
    assert.equal(opinionAfter(...times(2, silent)), 'unknown');
  });

  it('is down after as many failures in a row as `fall` says, and not before', () => {
    assert.equal(opinionAfter(...up, silent, silent), 'up');
    assert.equal(opinionAfter(...up, silent, silent, silent), 'down');
    assert.equal(opinionAfter(...up, silent, silent, healthy, silent, silent), 'up');
  });

  it('is up again after as many successes in a row as `rise` says', () => {
    const down = times(3, silent);
    assert.equal(opinionAfter(...down, ...times(5, healthy)), 'down');
    assert.equal(opinionAfter(...down, ...times(6, healthy)), 'up');
    assert.equal(opinionAfter(...down, ...times(5, healthy), silent, ...times(5, healthy)), 'down');
  });

  it('leaves a sick database to its own failover for 30 s, and counts from then on', () => {
    // Seen at 0 s, 5 s … 25 s: none counts. The ones at 30, 35 and 40 s do.
    assert.equal(opinionAfter(...up, ...times(8, withoutDatabase)), 'up');
    assert.equal(opinionAfter(...up, ...times(9, withoutDatabase)), 'down');
  });

  it('begins these 30 s anew after a healthy answer, and after nothing else', () => {
    assert.equal(opinionAfter(...up, ...times(8, withoutDatabase), healthy, ...times(8, withoutDatabase)), 'up');
    assert.equal(opinionAfter(...up, ...times(4, withoutDatabase), silent, ...times(4, withoutDatabase)), 'down');
  });

  it('does not get better by an answer that a database is sick', () => {
    assert.equal(opinionAfter(...times(3, silent), ...times(5, healthy), withoutDatabase, healthy), 'down');
  });

  it('has the reason of the last failure', () => {
    assert.equal(after(...up, silent).reason, 'no answer within 2 s');
    assert.equal(after(silent, ...up).reason, '');
  });
});
