import assert from 'node:assert/strict';
import { codeActions, fixAll } from '@groundplan/ide';
import { describe, it } from 'mocha';
import { applyAction } from '../support/apply-action.js';
import { snapshotOf } from '../support/snapshot-of.js';
import { cases } from '../support/texts.js';

const title = 'Fix all problems that have one safe fix';

describe('fixing all', () => {
  it('mends slips everywhere in one pass', () => {
    const text =
      'topology: v1\nname: shop\nregion: fsn1\ndns: { provider: hetzner, zone: example.com, ttl: 30 }\napps:\n  web: { count: "4", drain: 40s }\n';
    const after = applyAction(text, { title, edits: fixAll(snapshotOf(text)) });
    assert.equal(
      after,
      'topology: v1\nname: shop\nregion: fsn1\ndns: { provider: hetzner, zone: example.com, ttl: 60 }\napps:\n  web: { count: 4, drain: 25s }\n',
    );
  });

  it('leaves alone what takes something away or is a choice', () => {
    const names = [
      'reference/unused',
      'schema/unknown-key',
      'schema/choose-one',
      'reference/unknown',
      'schema/not-here',
      'suppression/unused',
      'secret/in-plain-sight',
      'database/no-standby',
    ];
    for (const { name, text } of cases.filter((each) => names.includes(each.name))) {
      assert.deepEqual(fixAll(snapshotOf(text)), [], name);
    }
  });

  it('leaves open what somebody has just begun', () => {
    const text = 'topology: v1\nname: shop\nregion: fsn1\ntunnel:\nlabels:\napps:\n  web:\n';
    assert.deepEqual(fixAll(snapshotOf(text)), []);
  });

  it('moves no lines', () => {
    const text = 'topology: v1\nname: shop\nregion: fsn1\napps:\n  web:\n    port: 3000\n   count: 2\n';
    assert.deepEqual(fixAll(snapshotOf(text)), []);
  });

  it('is no action where nothing can be mended', () => {
    const text = 'topology: v1\nname: shop\nregion: fsn1\n';
    assert.deepEqual(codeActions(snapshotOf(text), { start: 0, end: 0 }, { only: ['source.fixAll'] }), []);
  });

  for (const { name, text } of cases) {
    it(`of ${name} adds no error and comes to an end`, () => {
      let current = text;
      let passes = 0;
      for (; passes < 10; passes++) {
        const before = snapshotOf(current);
        const edits = fixAll(before);
        if (edits.length === 0) break;
        current = applyAction(current, { title, edits });
        const after = snapshotOf(current);
        assert.ok(after.diagnostics.length < before.diagnostics.length, 'a pass mends nothing');
      }
      assert.ok(passes < 10);
    });
  }
});
