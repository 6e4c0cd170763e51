import assert from 'node:assert/strict';
import { codeActions } from '@groundplan/ide';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { arbitraryTopology } from '../../../../test/support/arbitrary-topology.js';
import { applyAction } from '../support/apply-action.js';
import { snapshotOf } from '../support/snapshot-of.js';
import { cases, samples } from '../support/texts.js';

/** Applies every quick fix of a text, one at a time: its diagnostics are gone, and no error is new. */
function assertEachMends(text: string): void {
  const before = snapshotOf(text);
  for (const diagnostic of before.diagnostics) {
    const actions = codeActions(before, diagnostic.span, { only: ['quickfix'] });
    for (const fix of diagnostic.fixes) {
      assert.ok(
        actions.some(({ title, diagnostics }) => title === fix.title && diagnostics.includes(diagnostic)),
        `${diagnostic.code} lacks its fix "${fix.title}"`,
      );
    }
    for (const action of actions) {
      const after = snapshotOf(applyAction(text, action)).diagnostics;
      for (const mended of action.diagnostics) {
        const count = (all: typeof after) =>
          all.filter(({ code, message }) => code === mended.code && message === mended.message).length;
        assert.ok(count(after) < count(before.diagnostics), `"${action.title}" leaves ${mended.code}`);
      }
      const errors = (all: typeof after) => all.filter(({ severity }) => severity === 'error').length;
      assert.ok(errors(after) <= errors(before.diagnostics), `"${action.title}" adds an error`);
      assert.deepEqual(
        after.filter(({ code }) => code.startsWith('syntax/')),
        [],
        `"${action.title}" makes text that cannot be read`,
      );
    }
  }
}

describe('quick fixes', () => {
  for (const { name, text } of [...samples, ...cases]) {
    it(`of ${name} each mend what they are for, and nothing else breaks`, () => assertEachMends(text));
  }

  it('of arbitrary topologies each mend what they are for', () => {
    fc.assert(
      fc.property(arbitraryTopology(), (text) => assertEachMends(text)),
      { numRuns: 40, seed: 11 },
    );
  });

  it('is preferred when it is the only one', () => {
    const text = 'topology: v1\nname: shop\nregion: fsn1\ndns: { provider: hetzner, zone: example.com, ttl: 30 }\n';
    const at = text.indexOf('30');
    const [action, ...others] = codeActions(snapshotOf(text), { start: at, end: at }, { only: ['quickfix'] });
    assert.deepEqual([action?.title, action?.preferred, others.length], ['Change to 60', true, 0]);
  });

  it('is not preferred among several', () => {
    const text = 'topology: v1\nname: shop\nregion: fsn1\nbuckets:\n  dumps: { location: ash }\n';
    const at = text.indexOf('ash');
    const actions = codeActions(snapshotOf(text), { start: at, end: at }, { only: ['quickfix'] });
    assert.deepEqual(
      actions.map(({ title, preferred }) => [title, preferred]),
      [
        ['Change to fsn1', undefined],
        ['Change to hel1', undefined],
        ['Change to nbg1', undefined],
      ],
    );
  });

  it('is not offered away from the mark', () => {
    const text =
      'topology: v1\nname: shop\nregion: fsn1\ndns: { provider: hetzner, zone: example.com, ttl: 30 }\naccess: {}\n';
    assert.deepEqual(codeActions(snapshotOf(text), { start: 15, end: 20 }, { only: ['quickfix'] }), []);
  });
});
