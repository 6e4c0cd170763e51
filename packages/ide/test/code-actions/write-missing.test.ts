import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { codeActions } from '../../src/code-actions/code-actions.js';
import { applyAction } from '../support/apply-action.js';
import { snapshotOf } from '../support/snapshot-of.js';

/** What the quick fixes of a whole text are called. */
function titles(text: string): readonly string[] {
  return codeActions(snapshotOf(text), { start: 0, end: text.length }, { only: ['quickfix'] }).map(
    ({ title }) => title,
  );
}

function after(text: string, title: string): string {
  const actions = codeActions(snapshotOf(text), { start: 0, end: text.length }, { only: ['quickfix'] });
  const action = actions.find((each) => each.title === title);
  assert.ok(action, `${title} is not offered, but ${actions.map((each) => each.title).join(' | ')}`);
  return applyAction(text, action);
}

const access = 'access: { ssh_keys: [keys/ops.pub], ssh_from: [198.51.100.0/24] }';

describe('what is missing is written', () => {
  const cases: readonly (readonly [name: string, text: string, title: string, expected: string])[] = [
    ['into an empty file', '', 'Begin a topology', `topology: v1\nname: shop\nregion: fsn1\n${access}\n`],
    [
      'below a comment that is all there is',
      '# ours',
      'Begin a topology',
      `# ours\ntopology: v1\nname: shop\nregion: fsn1\n${access}\n`,
    ],
    [
      'at the top: all keys that are required',
      'region: fsn1\n',
      'Add topology, name and access',
      `topology: v1\nregion: fsn1\nname: shop\n${access}\n`,
    ],
    [
      'at the top: one region',
      `topology: v1\nname: shop\n${access}\n`,
      'Add region: fsn1',
      `topology: v1\nname: shop\n${access}\nregion: fsn1\n`,
    ],
    [
      'at the top: two regions with their arbiter',
      `topology: v1\nname: shop\n${access}\n`,
      'Add regions and arbiter',
      `topology: v1\nname: shop\n${access}\nregions: { falkenstein: { location: fsn1 }, helsinki: { location: hel1 } }\narbiter: { location: nbg1 }\n`,
    ],
    [
      'in brackets',
      `topology: v1\nname: shop\nregion: fsn1\napps: { web: {} }\n${access}\n`,
      'Add run: { container: ghcr.io/acme/shop:1.4.2 }',
      `topology: v1\nname: shop\nregion: fsn1\napps: { web: { run: { container: ghcr.io/acme/shop:1.4.2 } } }\n${access}\n`,
    ],
    [
      'on lines of their own, as deep as the others',
      `topology: v1\nname: shop\nregion: fsn1\nexternal:\n  offsite:\n    type: sftp\n${access}\n`,
      'Add host: backup.example.net, user: shop, path: /backups/shop',
      `topology: v1\nname: shop\nregion: fsn1\nexternal:\n  offsite:\n    type: sftp\n    host: backup.example.net\n    user: shop\n    path: /backups/shop\n${access}\n`,
    ],
    [
      'a backup, with a bucket where there is none',
      `topology: v1\nname: shop\nregion: fsn1\ndatabases:\n  main: { engine: postgresql }\n${access}\n`,
      'Add backup: bucket.dumps',
      `topology: v1\nname: shop\nregion: fsn1\ndatabases:\n  main: { engine: postgresql, backup: bucket.dumps }\n${access}\nbuckets:\n  dumps: { location: hel1 }\n`,
    ],
  ];
  for (const [name, text, title, expected] of cases) {
    it(name, () => {
      const mended = after(text, title);
      assert.equal(mended, expected);
    });
  }

  it('so that nothing is wrong with what was empty', () => {
    assert.deepEqual(snapshotOf(after('', 'Begin a topology')).diagnostics, []);
  });

  it('by the diagnostic itself where there is one value only', () => {
    assert.deepEqual(titles(`name: shop\nregion: fsn1\n${access}\n`), ['Add topology: v1']);
  });

  it('never by fixing all', () => {
    const text = `topology: v1\nname: shop\nregion: fsn1\napps: { web: {} }\n${access}\n`;
    assert.deepEqual(codeActions(snapshotOf(text), { start: 0, end: text.length }, { only: ['source.fixAll'] }), []);
  });
});
