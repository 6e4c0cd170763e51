import assert from 'node:assert/strict';
import type { Edit } from '@groundplan/diagnostics';
import { format, formatEdits } from '@groundplan/syntax';
import { describe, it } from 'mocha';

/** The text becomes `expected`, also by line edits, and stays so. */
function assertFormats(text: string, expected: string): void {
  assert.deepEqual(format(text), { value: expected, diagnostics: [] });
  assert.equal(apply(text, formatEdits(text).value), expected);
  assert.deepEqual(format(expected), { value: expected, diagnostics: [] });
  assert.deepEqual(formatEdits(expected).value, []);
}

function apply(text: string, edits: readonly Edit[]): string {
  return [...edits]
    .reverse()
    .reduce((result, { span, newText }) => result.slice(0, span.start) + newText + result.slice(span.end), text);
}

describe('the formatter', () => {
  it('indents by two, also lists under their key', () => {
    assertFormats(
      'apps:\n    web:\n        port: 3000\n        ports:\n        - a\n        -   b: 1\n            c: 2\n        -\n          d: 3\n        - - e\n          - f\ng: 1\n',
      'apps:\n  web:\n    port: 3000\n    ports:\n      - a\n      - b: 1\n        c: 2\n      -\n        d: 3\n      - - e\n        - f\ng: 1\n',
    );
  });

  it('puts one space after colons and commas and within braces', () => {
    assertFormats(
      'a:   1\nb :  {c : 1,d:   [ 1,2 ,3 ],e: {  },"f":g, h: [ ]}\n? i\n:   j\n',
      'a: 1\nb: { c: 1, d: [1, 2, 3], e: {}, "f": g, h: [] }\n? i\n: j\n',
    );
  });

  it('keeps spaces where they mean something', () => {
    assertFormats(
      'a:  &x   1\nb: [ *x , *x ]\n*x   : c\nd: { *x : e, f: , g: }\n',
      'a: &x 1\nb: [*x, *x]\n*x : c\nd: { *x : e, f: , g: }\n',
    );
  });

  it('removes white space at the ends of lines, and empty lines but one', () => {
    assertFormats('\n\n# head  \n\n\n\na: 1   \n  \n\t\nb: 2\n\n\n', '# head\n\na: 1\n\nb: 2\n');
  });

  it('ends the text with one line feed, and every line', () => {
    assertFormats('a: 1', 'a: 1\n');
    assertFormats('a: 1\r\nb:\r\n  - c\r\n', 'a: 1\nb:\n  - c\n');
    assertFormats('a: 1\rb: 2\r', 'a: 1\nb: 2\n');
    assertFormats('\ufeffa: 1\n', 'a: 1\n');
  });

  it('keeps quotes, and the words of numbers', () => {
    const text = `a: 'x'\nb: "y"\nc: 0x1F\nd: 1.0\ne: "a\\tb"\n`;
    assertFormats(text, text);
  });

  it('keeps the lines that brackets have, indented by their depth', () => {
    assertFormats(
      'a: {\n b: 1,   # b\n      c: [\n  1, 2,\n     3\n  ],\n\n\n # d\n    }\nl:\n- [\n x\n  ]\n- y\n',
      'a: {\n  b: 1,   # b\n  c: [\n    1, 2,\n    3\n  ],\n\n  # d\n}\nl:\n  - [\n    x\n  ]\n  - y\n',
    );
  });

  it('indents values on lines of their own, and values over several lines', () => {
    assertFormats(
      'a:\n      one\n      two\nb: three\n    four\n\n\n    five\nc: "six\n seven"\nd:\n    [1]\n',
      'a:\n  one\n  two\nb: three\n  four\n\n\n  five\nc: "six\n  seven"\nd:\n  [1]\n',
    );
  });

  it('moves blocks as a whole', () => {
    assertFormats(
      'a:\n    b: |\n          one\n            two  \n\n          three\n\n\n    c:   >-   # folded\n        four\n\n    d: |2\n        five\n    e: |+\n      six\n\n\nf: 1\n',
      'a:\n  b: |\n    one\n      two  \n\n    three\n\n  c: >-     # folded\n    four\n\n  d: |2\n      five\n  e: |+\n    six\n\n\nf: 1\n',
    );
  });

  it('keeps directives and the marks of a document', () => {
    assertFormats('%YAML 1.2\n---   # start\na:   1\n...\n# end', '%YAML 1.2\n---   # start\na: 1\n...\n# end\n');
  });
});

describe('comments', () => {
  it('on lines of their own are indented like what comes after them', () => {
    assertFormats(
      '   # head\na:\n# b\n    # also b\n    b: 1\n    l:\n    # c\n    - c\n',
      '# head\na:\n  # b\n  # also b\n  b: 1\n  l:\n    # c\n    - c\n',
    );
  });

  it('at the end of a map stay in it', () => {
    assertFormats(
      'a:\n    b:\n        c: 1\n        # in b\n    # in a\n# at the top\nd:\n    # in d\n',
      'a:\n  b:\n    c: 1\n    # in b\n  # in a\n# at the top\nd:\n  # in d\n',
    );
  });

  it('after a block do not become a part of it', () => {
    assertFormats('a: |\n      text\n   # comment\nb: 1\n', 'a: |\n  text\n# comment\nb: 1\n');
  });

  it('behind values stay in the column that they share', () => {
    const aligned = 'a: active-standby   # one\nb: 2                # two\n\nc: 3                # three\n';
    assertFormats(aligned, aligned);
    assertFormats('x:\n    a: 1      # one\n    bcd:   2  # two\n', 'x:\n  a: 1      # one\n  bcd: 2    # two\n');
  });

  it('behind values make room together', () => {
    assertFormats(
      'a: {b: {c: 1}}   # one\nd: 1             # two\n',
      'a: { b: { c: 1 } }  # one\nd: 1                # two\n',
    );
  });

  it('behind values stay close when they are', () => {
    assertFormats('a:    1 # one\nbcd:  {e:   2}  # two\n', 'a: 1 # one\nbcd: { e: 2 }  # two\n');
  });
});

describe('a text with mistakes', () => {
  it('is returned as it is, with them', () => {
    const text = 'a:   {b: 1\nc:    2\n';
    const { value, diagnostics } = format(text);
    assert.equal(value, text);
    assert.deepEqual(
      diagnostics.map(({ code }) => code),
      ['syntax/unclosed-bracket'],
    );
    assert.deepEqual(formatEdits(text).value, []);
  });
});

describe('edits of the formatter', () => {
  it('touch only the lines that change', () => {
    const text = 'a: 1\nb:   2\n\n\nc: 3\nd: 4';
    const lines = formatEdits(text).value.map(({ span, newText }) => [text.slice(span.start, span.end), newText]);
    assert.deepEqual(lines, [
      ['b:   2\n', 'b: 2\n'],
      ['\n', ''],
      ['d: 4', 'd: 4\n'],
    ]);
  });
});
