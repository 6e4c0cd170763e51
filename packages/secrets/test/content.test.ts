import assert from 'node:assert/strict';
import { readContent, writeContent } from '@groundplan/secrets/node';
import fc from 'fast-check';
import { describe, it } from 'mocha';

function valuesOf(text: string): Record<string, string> {
  const read = readContent(text);
  assert.equal(read.kind, 'read', JSON.stringify(read));
  return read.kind === 'read' ? Object.fromEntries(read.values) : {};
}

function problemOf(text: string): string {
  const read = readContent(text);
  assert.equal(read.kind, 'damaged');
  return read.kind === 'damaged' ? read.problem : '';
}

describe('what is encrypted', () => {
  it('is a YAML map that a person can read, sorted, with a comment over each value', () => {
    const values = new Map([
      ['TLS_KEY', '-----BEGIN-----\nabc\n-----END-----\n'],
      ['A', '0123'],
      ['hcloud_token', 'abc: #'],
    ]);
    const abouts = new Map([
      ['TLS_KEY', 'The key.'],
      ['hcloud_token', 'The\ntoken.'],
    ]);
    assert.equal(
      writeContent(values, abouts),
      `# Secrets of Groundplan. They are changed by "groundplan keys", which keeps the lock file beside this one up to date.

A: "0123"

# The key.
TLS_KEY: |
  -----BEGIN-----
  abc
  -----END-----

# The token.
hcloud_token: "abc: #"
`,
    );
  });

  it('comes back as it was, whatever the values are', () => {
    const name = fc.stringMatching(/^[A-Za-z][A-Za-z0-9_]{0,12}$/);
    const value = fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.string({
        unit: fc.constantFrom(
          'a',
          ' ',
          '\n',
          '\t',
          '#',
          ':',
          '-',
          '"',
          "'",
          '\r',
          '\\',
          '|',
          '\u0001',
          '\u0085',
          '\u2028',
        ),
      }),
      fc.constantFrom(
        'true',
        'null',
        '~',
        '1e3',
        '0x1f',
        '',
        '2026-11-24',
        '<<',
        '- a',
        '{',
        '*x',
        '&x',
        '!x',
        '%x',
        '---',
        '...',
      ),
    );
    fc.assert(
      fc.property(fc.dictionary(name, value, { noNullPrototype: true }), (values) => {
        assert.deepEqual({ ...valuesOf(writeContent(new Map(Object.entries(values)), new Map())) }, { ...values });
      }),
      { numRuns: 1000 },
    );
  });

  it('may have been written by hand: every value is a text', () => {
    assert.deepEqual(valuesOf('A: 12\nB: true\nc_d: null\nE: >\n  two\n  lines\n'), {
      A: '12',
      B: 'true',
      c_d: 'null',
      E: 'two lines\n',
    });
  });

  it('may be empty', () => {
    assert.deepEqual(valuesOf(''), {});
    assert.deepEqual(valuesOf('# nothing\n'), {});
  });

  const damaged: readonly (readonly [text: string, problem: RegExp])[] = [
    ['A: hunter2\nB: "hunter2\n', /^line \d is not YAML/],
    ['A: hunter2\nA: hunter2\n', /^line 2 is not YAML, or repeats a name$/],
    ['- hunter2\n', /no map/],
    ['hunter2', /no map/],
    ['A: [hunter2]\n', /the value of A is no text/],
    ['A: { b: hunter2 }\n', /the value of A is no text/],
    ['A: 1\nhunter 2: x\n', /^line 2 has no name/],
    ['? [hunter2]\n: x\n', /has no name/],
    ['A: *hunter2\n', /the value of A is no text|not YAML/],
    ['\u0000\u0001hunter2', /./],
  ];
  for (const [text, problem] of damaged) {
    it(`is refused as ${JSON.stringify(text)}, without a word of it`, () => {
      assert.match(problemOf(text), problem);
      assert.doesNotMatch(problemOf(text), /hunter/);
    });
  }
});
