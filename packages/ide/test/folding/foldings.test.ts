import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { foldings } from '../../src/index.js';
import { snapshotOf } from '../support/snapshot-of.js';

/** The foldings as lines counted from 1. */
function folded(text: string): readonly string[] {
  return foldings(snapshotOf(text)).map(({ startLine, endLine, kind }) => `${startLine + 1}-${endLine + 1} ${kind}`);
}

describe('foldings', () => {
  const cases: readonly (readonly [string, string, readonly string[]])[] = [
    ['maps, to their last line', 'a:\n  b:\n    c: 1\n    d: 2\n\n\ne: 1\n', ['1-4 region', '2-4 region']],
    ['lists, and items of several lines', 'a:\n- b: 1\n  c: 2\n- d\n', ['1-4 region', '2-3 region']],
    ['brackets, whose end stays visible', 'a: {\n  b: 1,\n  c: [\n    d\n  ]\n}\n', ['1-5 region', '3-4 region']],
    ['brackets that end in a line with more', 'a: { b: 1,\n  c: 2 }\n', ['1-2 region']],
    ['blocks of text', 'a: |\n  one\n\n  two\n\nb: 1\n', ['1-4 region']],
    ['runs of comments', '# a\n# b\n# c\nx: 1 # d\n# e\ny: 1\n  # f\n  # g\n', ['1-3 comment', '7-8 comment']],
    ['nothing behind an alias', 'a: &a\n  b: 1\nc: *a\n', ['1-2 region']],
    ['nothing in one line', 'a: { b: { c: d } }\n', []],
    ['a file with CRLF and a byte order mark', '\ufeffa:\r\n  b: 1\r\n  c: 2\r\n', ['1-3 region']],
    ['what is not finished', 'a:\n  b: {\n    c: 1,\n', ['1-3 region', '2-3 region']],
  ];
  for (const [what, text, expected] of cases) it(what, () => assert.deepEqual(folded(text), expected));
});
