import assert from 'node:assert/strict';
import { differences } from '@groundplan/rehearsal';
import { describe, it } from 'mocha';
import { filesInstead, hasSysResource } from '../src/host/abilities.js';

describe('what a machine lacks', () => {
  it('is read from the bounding set of capabilities', () => {
    assert.equal(hasSysResource('Name:\tnode\nCapBnd:\t000001ffffffffff\nCapAmb:\t0000000000000000\n'), true);
    assert.equal(hasSysResource('Name:\tnode\nCapBnd:\t000001fffeffffff\nCapAmb:\t0000000000000000\n'), false);
  });

  it('is made up for by settings of podman, and by none where nothing is lacking', () => {
    assert.deepEqual(filesInstead({ raisesLimits: true, countsProcesses: true }), new Map());
    assert.deepEqual(
      [...filesInstead({ raisesLimits: false, countsProcesses: false }).values()],
      ['[containers]\npids_limit = 0\n[engine]\nruntime = "runc"\n'],
    );
  });

  it('is told', () => {
    const usual = differences({ raisesLimits: true, countsProcesses: true });
    const here = differences({ raisesLimits: false, countsProcesses: false });
    assert.deepEqual(here.slice(0, usual.length), usual);
    assert.equal(here.length, usual.length + 2);
  });
});
