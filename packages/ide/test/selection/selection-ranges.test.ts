import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { selectionRanges } from '../../src/index.js';
import { snapshotOf } from '../support/snapshot-of.js';

/** What is selected, step by step, from the place of `|` on. */
function growing(marked: string): readonly string[] {
  const offset = marked.indexOf('|');
  const text = marked.slice(0, offset) + marked.slice(offset + 1);
  return selectionRanges(snapshotOf(text), offset).map(({ start, end }) => text.slice(start, end));
}

describe('selectionRanges', () => {
  it('grow from a word over references, quotes, entries and maps to the document', () => {
    assert.deepEqual(growing('apps:\n  web: { env: { URL: "x ${database.ma|in.url}" } }\n'), [
      'main',
      'database.main.url',
      '${database.main.url}',
      'x ${database.main.url}',
      '"x ${database.main.url}"',
      'URL: "x ${database.main.url}"',
      '{ URL: "x ${database.main.url}" }',
      'env: { URL: "x ${database.main.url}" }',
      '{ env: { URL: "x ${database.main.url}" } }',
      'web: { env: { URL: "x ${database.main.url}" } }',
      'apps:\n  web: { env: { URL: "x ${database.main.url}" } }',
      'apps:\n  web: { env: { URL: "x ${database.main.url}" } }\n',
    ]);
  });

  it('grow over what brackets hold, then over them', () => {
    assert.deepEqual(growing('a: [ b|b, c ]'), ['bb', 'bb, c', '[ bb, c ]', 'a: [ bb, c ]']);
  });

  it('grow over the item of a list', () => {
    assert.deepEqual(growing('a:\n- b: on|e\n  c: 2\n- d\n'), [
      'one',
      'b: one',
      'b: one\n  c: 2',
      '- b: one\n  c: 2\n- d',
      'a:\n- b: one\n  c: 2\n- d',
      'a:\n- b: one\n  c: 2\n- d\n',
    ]);
  });

  it('grow over a name with hyphens as a whole', () => {
    assert.deepEqual(growing('a: my-na|me.x').slice(0, 3), ['name', 'my-name', 'my-name.x']);
  });

  it('grow over a comment and the lines of comments around it', () => {
    assert.deepEqual(growing('# one\n# tw|o\n\na: 1 # three\n'), [
      'two',
      '# two',
      '# one\n# two',
      '# one\n# two\n\na: 1 # three\n',
    ]);
  });

  it('are the whole text between things, and nothing less in an empty one', () => {
    assert.deepEqual(growing('a: 1\n\n|\n'), ['a: 1\n\n\n']);
    assert.deepEqual(selectionRanges(snapshotOf(''), 0), [{ start: 0, end: 0 }]);
  });
});
