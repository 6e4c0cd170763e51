import assert from 'node:assert/strict';
import { nodeAt, parse } from '@groundplan/syntax';
import { describe, it } from 'mocha';
import { applyFix } from '../../../test/support/apply-fix.js';
import { removeEntry, rewriteScalar, scalar, setValue } from '../src/edits.js';

describe('setValue', () => {
  it('replaces a value where it is written, and keeps the comment behind it', () => {
    set('a:\n  b: 1   # one\n  c: 2\n', ['a', 'b'], '3', 'a:\n  b: 3   # one\n  c: 2\n');
    set('a: { b: 1, c: 2 }\n', ['a', 'b'], '3', 'a: { b: 3, c: 2 }\n');
    set('a: { b: "x" }\n', ['a', 'b'], 'y', 'a: { b: y }\n');
  });

  it('gives a key its value when it has none', () => {
    set('a:\n  b:\n  c: 2\n', ['a', 'b'], '3', 'a:\n  b: 3\n  c: 2\n');
    set('a: { b: , c: 2 }\n', ['a', 'b'], '3', 'a: { b: 3 , c: 2 }\n');
    set('a:\n', ['a', 'b', 'c'], '3', 'a: { b: { c: 3 } }\n');
    set('a: ~\n', ['a', 'b'], '3', 'a: { b: 3 }\n');
  });

  it('adds a key at the end of a block, with its indentation', () => {
    set('a:\n    b: 1   # one\nz: 0\n', ['a', 'c'], '3', 'a:\n    b: 1   # one\n    c: 3\nz: 0\n');
    set('a:\n  b:\n    x: 1\nz: 0\n', ['a', 'c'], '3', 'a:\n  b:\n    x: 1\n  c: 3\nz: 0\n');
    set('a:\n  b: [1,\n    2]\n', ['a', 'c'], '3', 'a:\n  b: [1,\n    2]\n  c: 3\n');
    set('a:\n  b: 1', ['a', 'c'], '3', 'a:\n  b: 1\n  c: 3');
    set('a:\n  - b: 1\n    x: 2\n', ['c'], '3', 'a:\n  - b: 1\n    x: 2\nc: 3\n');
    set('a:\n  b: |\n    text\nz: 0\n', ['a', 'c'], '3', 'a:\n  b: |\n    text\n  c: 3\nz: 0\n');
    set('a:\n  b: &x 1\nz: *x\n', ['c'], '3', 'a:\n  b: &x 1\nz: *x\nc: 3\n');
  });

  it('leaves what follows a section to what follows it', () => {
    set('a:\n  b: 1\n\n# about z\nz: 0\n', ['a', 'c'], '3', 'a:\n  b: 1\n  c: 3\n\n# about z\nz: 0\n');
  });

  it('sets a new section apart where sections are', () => {
    set('a: 1\n\nb: 2\n\nc: 3\n', ['n'], '4', 'a: 1\n\nn: 4\n\nb: 2\n\nc: 3\n', 'a');
    set('a: 1\nb: 2\n', ['n'], '4', 'a: 1\nn: 4\nb: 2\n', 'a');
    set('a: 1\n\nb: 2\n', ['n'], '4', 'a: 1\n\nb: 2\n\nn: 4\n');
  });

  it('begins a section with lines of its own, and writes what is inside in one line', () => {
    set('a: 1\n', ['n', 'x', 'y'], '4', 'a: 1\nn:\n  x: { y: 4 }\n');
    set('a: 1\r\n', ['n', 'x'], '4', 'a: 1\r\nn:\r\n  x: 4\r\n');
    set('{ a: 1 }\n', ['n', 'x'], '4', '{ a: 1, n: { x: 4 } }\n');
  });

  it('adds a key to a flow map', () => {
    set('a: { b: 1 }\n', ['a', 'c'], '3', 'a: { b: 1, c: 3 }\n');
    set('a: {}\n', ['a', 'c'], '3', 'a: { c: 3 }\n');
    set('a: { }\n', ['a', 'b', 'c'], '3', 'a: { b: { c: 3 } }\n');
    set('a: { b: 1, }\n', ['a', 'c'], '3', 'a: { b: 1, c: 3, }\n');
    set('a: {\n  b: 1,\n  d: 2\n}\n', ['a', 'c'], '3', 'a: {\n  b: 1,\n  d: 2,\n  c: 3\n}\n');
    set('a: { b: 1, d: 2 }\n', ['a', 'c'], '3', 'a: { b: 1, c: 3, d: 2 }\n', 'b');
  });

  it('quotes a key that would not be read as itself', () => {
    set('a: {}\n', ['a', '*.example.com'], 'x', 'a: { "*.example.com": x }\n');
  });

  it('replaces an alias, not what it stands for', () => {
    set('a: &x 1\nb: *x\n', ['b'], '3', 'a: &x 1\nb: 3\n');
  });

  it('overrides what a merge brought', () => {
    set(
      'base: &base\n  b: 1\na:\n  <<: *base\n  c: 2\n',
      ['a', 'b'],
      '3',
      'base: &base\n  b: 1\na:\n  <<: *base\n  c: 2\n  b: 3\n',
    );
    set('base: &base { b: 1 }\na: { <<: *base }\n', ['a', 'b'], '3', 'base: &base { b: 1 }\na: { b: 3, <<: *base }\n');
    set('base: &base { b: 1 }\na:\n  <<: *base\n', ['a', 'b'], '3', 'base: &base { b: 1 }\na:\n  b: 3\n  <<: *base\n');
    set(
      'base: &base { b: 1 }\na:\n  c:\n    d: 1\n    <<: *base\n',
      ['a', 'e'],
      '3',
      'base: &base { b: 1 }\na:\n  c:\n    d: 1\n    <<: *base\n  e: 3\n',
    );
  });

  it('makes no edit inside what others share, nor inside a scalar or a list', () => {
    set('a: &x { b: 1 }\nc: *x\n', ['c', 'd'], '3', undefined);
    set('base: &base { m: { b: 1 } }\na: { <<: *base }\n', ['a', 'm', 'c'], '3', undefined);
    set('a: 1\n', ['a', 'b'], '3', undefined);
    set('a: [1]\n', ['a', 'b'], '3', undefined);
    set('a:\n  b: 1\n', ['a'], '3', undefined);
  });

  it('keeps the line breaks of the file', () => {
    set('a:\r\n  b: 1\r\nz: 0\r\n', ['a', 'c'], '3', 'a:\r\n  b: 1\r\n  c: 3\r\nz: 0\r\n');
  });
});

describe('removeEntry', () => {
  it('takes the line along', () => {
    removed('a:\n  b: 1   # one\n  c: 2\n', ['a', 'b'], 'a:\n  c: 2\n');
    removed('a:\n  b:\n    x: 1\n  c: 2\n', ['a', 'b'], 'a:\n  c: 2\n');
    removed('a:\n  b: 1\n  c: 2', ['a', 'c'], 'a:\n  b: 1');
    removed('a:\n  b: |\n    x\n  c: 2\n', ['a', 'b'], 'a:\n  c: 2\n');
  });

  it('takes the comma along', () => {
    removed('a: { b: 1, c: 2 }\n', ['a', 'b'], 'a: { c: 2 }\n');
    removed('a: { b: 1, c: 2 }\n', ['a', 'c'], 'a: { b: 1 }\n');
    removed('a: { b: *x, c: 2, d: 3 }\n', ['a', 'c'], 'a: { b: *x, d: 3 }\n');
  });

  it('takes an empty section along', () => {
    removed('a: 1\nb:\n  c: 1\nd: 2\n', ['b', 'c'], 'a: 1\nd: 2\n');
    removed('a: 1\nb: { c: { d: 1 } }\n', ['b', 'c', 'd'], 'a: 1\n');
  });

  it('takes one of two empty lines that would meet', () => {
    removed('a: 1\n\nb: 2\n\nc: 3\n', ['b'], 'a: 1\n\nc: 3\n');
    removed('a: 1\n\nb: 2\n', ['b'], 'a: 1\n');
  });

  it('leaves what comes from elsewhere, and what others refer to', () => {
    removed('base: &base { b: 1 }\na: { <<: *base, c: 1 }\n', ['a', 'b'], undefined);
    removed('a: { b: &x 1, c: 2 }\nd: *x\n', ['a', 'b'], undefined);
  });
});

describe('rewriteScalar', () => {
  it('keeps the quotes', () => {
    rewritten('a: x\n', '/y', 'a: /y\n');
    rewritten("a: 'x'\n", "it's", "a: 'it''s'\n");
    rewritten('a: "x"\n', 'say "y"', 'a: "say \\"y\\""\n');
    rewritten('a: |\n  x\n', 'y', undefined);
  });
});

describe('scalar', () => {
  it('quotes what would be read as something else', () => {
    const plain = [
      'a',
      'a-b',
      '/path?',
      '10.10.0.0/16',
      'debian-12',
      'true',
      '12',
      '1.5',
      'null',
      '-',
      'a: b',
      'a,b',
      '*',
      '${x}',
      '',
    ];
    assert.deepEqual(
      plain.filter((text) => scalar(text) === text),
      ['a', 'a-b', '10.10.0.0/16', 'debian-12'],
    );
  });
});

function set(text: string, path: readonly string[], value: string, expected: string | undefined, after?: string): void {
  const { value: tree } = parse(text);
  same(text, setValue(tree, path, value, after), expected);
}

function removed(text: string, path: readonly string[], expected: string | undefined): void {
  const { value: tree } = parse(text);
  same(text, removeEntry(tree, path), expected);
}

function rewritten(text: string, value: string, expected: string | undefined): void {
  const node = nodeAt(parse(text).value.root, ['a']);
  assert.ok(node);
  same(text, rewriteScalar(node, value), expected);
}

function same(text: string, edits: ReturnType<typeof setValue>, expected: string | undefined): void {
  assert.equal(edits && applyFix(text, { title: 'test', edits }), expected);
}
