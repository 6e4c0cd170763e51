import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { formatting, onTypeFormatting, rangeFormatting } from '../../src/index.js';
import { applied } from '../support/apply.js';
import { snapshotOf } from '../support/snapshot-of.js';

describe('formatting', () => {
  it('formats the whole text by edits that are no larger than what changes', () => {
    const text = 'a:\n    b:   1\n    c: {d: e}  # x\n\n\n\nf: 1';
    const edits = formatting(snapshotOf(text));
    assert.equal(applied(text, edits), 'a:\n  b: 1\n  c: { d: e }  # x\n\nf: 1\n');
    assert.ok(edits.every(({ span }) => !text.slice(span.start, span.end).includes('b')));
  });

  it('keeps the ends of lines, and a text that is formatted as it is', () => {
    assert.deepEqual(formatting(snapshotOf('a: 1\r\nb:\r\n  c: 2\r\n')), []);
    const text = 'a:\r\n   b: 1\r\n';
    assert.equal(applied(text, formatting(snapshotOf(text))), 'a:\r\n  b: 1\r\n');
  });

  it('leaves a text with mistakes alone', () => {
    assert.deepEqual(formatting(snapshotOf('a:   {\n')), []);
    assert.deepEqual(rangeFormatting(snapshotOf('a:   {\n'), { start: 0, end: 4 }), []);
  });
});

describe('rangeFormatting', () => {
  const range = (text: string, from: string, to: string) => {
    const span = { start: text.indexOf(from), end: text.indexOf(to) + to.length };
    return applied(text, rangeFormatting(snapshotOf(text), span));
  };

  it('changes the lines of the range alone', () => {
    assert.equal(range('a:   1\nb:   2\nc:   3\n', 'b', '2\n'), 'a:   1\nb: 2\nc:   3\n');
  });

  it('keeps the indentation where the lines around it need it', () => {
    const text = 'a:\n    b:\n        c:   1\n        d:  2\n    e: 3\n';
    assert.equal(range(text, 'c', '1'), text.replace('c:   1', 'c: 1'));
    assert.equal(range(text, 'a', '3'), 'a:\n  b:\n    c: 1\n    d: 2\n  e: 3\n');
  });
});

/** The text with `|` where the cursor is, after `character` was typed there and formatted. */
function typed(marked: string, character = '\n', tabSize = 2): string {
  const offset = marked.indexOf('|');
  const text = marked.slice(0, offset) + marked.slice(offset + 1);
  return applied(text, onTypeFormatting(snapshotOf(text), offset, character, { tabSize }));
}

describe('onTypeFormatting: Enter', () => {
  const cases: readonly (readonly [string, string, string])[] = [
    ['under a key that holds a map', 'apps:\n|', 'apps:\n  '],
    ['under a key in a map', 'apps:\n  web:\n|\n', 'apps:\n  web:\n    \n'],
    ['under a key that has an indentation already that is wrong', 'apps:\n  web:\n      |\n', 'apps:\n  web:\n    \n'],
    ['above the lines that the key holds', 'apps:\n|\n   web: {}\n', 'apps:\n   \n   web: {}\n'],
    ['under a key that holds a list', 'access:\n  ssh_keys:\n|', 'access:\n  ssh_keys:\n    - '],
    ['under a key that holds a number', 'apps:\n  web:\n    count:\n|', 'apps:\n  web:\n    count:\n    '],
    ['behind a value', 'apps:\n  web:\n    count: 3\n|', 'apps:\n  web:\n    count: 3\n    '],
    ['behind a value with a comment', 'a:\n  count: 3 # three: four\n|', 'a:\n  count: 3 # three: four\n  '],
    ['behind an item of a list', 'access:\n  ssh_keys:\n    - a.pub\n|', 'access:\n  ssh_keys:\n    - a.pub\n    - '],
    ['behind an item that is a map', 'peers:\n  - address: 10.0.0.1\n|', 'peers:\n  - address: 10.0.0.1\n    '],
    ['under a block of text', 'apps:\n  a:\n    content: |\n|', 'apps:\n  a:\n    content: |\n      '],
    ['with an anchor', 'apps:\n  web: &web\n|', 'apps:\n  web: &web\n    '],
    ['with CRLF', 'apps:\r\n|', 'apps:\r\n  '],
  ];
  for (const [what, before, after] of cases) {
    it(what, () => {
      // The last bar is the cursor: the other one begins a block of text.
      const cursor = before.lastIndexOf('|');
      const text = before.slice(0, cursor) + before.slice(cursor + 1);
      const edits = onTypeFormatting(snapshotOf(text), cursor, '\n', { tabSize: 2 });
      assert.equal(applied(text, edits), after);
    });
  }

  it("indents as the file does, and in a new file as the editor's settings say", () => {
    assert.equal(typed('regions:\n    a: {}\napps:\n|'), 'regions:\n    a: {}\napps:\n    ');
    assert.equal(typed('apps:\n|', '\n', 4), 'apps:\n    ');
  });

  const unchanged: readonly (readonly [string, string])[] = [
    ['with something behind the cursor', 'apps:\n|web: {}\n'],
    ['in brackets', 'apps: {\n|\n}\n'],
    ['in brackets that are not closed', 'apps: { web: { port: 80\n|'],
    ['in a quoted text', 'a: "one: \n|\n  two"\n'],
    ['behind an empty item', 'a:\n  -\n|'],
    ['behind an empty line', 'apps:\n\n|'],
    ['at the top', '|'],
    ['behind a comment', '# apps:\n|'],
  ];
  for (const [what, text] of unchanged) {
    it(`changes nothing ${what}`, () => assert.equal(typed(text), text.replace('|', '')));
  }

  it('changes nothing in a block of text', () => {
    const text = 'a:\n  content: |\n    key:\n    \n    more\n';
    assert.deepEqual(onTypeFormatting(snapshotOf(text), text.indexOf('    \n') + 4, '\n', { tabSize: 2 }), []);
  });
});

describe('onTypeFormatting: closing brackets', () => {
  it('puts one that begins its line under what it ends', () => {
    assert.equal(typed('a:\n  b: {\n    c: 1\n      }|\n', '}'), 'a:\n  b: {\n    c: 1\n  }\n');
    assert.equal(typed('a:\n  - b: [\n      1\n      ]|\n', ']'), 'a:\n  - b: [\n      1\n    ]\n');
  });

  it('leaves others alone', () => {
    for (const text of ['a: { b: 1 }|', 'a: {\n  b: { c: 1 }|\n}\n', 'a: 1\n}|', 'a:\n  b: "\n    }|\n    "\n']) {
      assert.equal(typed(text, '}'), text.replace('|', ''));
    }
  });
});
