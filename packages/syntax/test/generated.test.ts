import assert from 'node:assert/strict';
import { isDeepStrictEqual } from 'node:util';
import { format, parse, toData } from '@groundplan/syntax';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { parseDocument, stringify } from 'yaml';
import { plain } from './support/marked.js';

const key = fc.oneof(
  fc.stringMatching(/^[a-z][a-z0-9_.-]{0,8}$/),
  fc.string({ maxLength: 6 }),
  fc.constantFrom('__proto__', 'null', '1', 'yes'),
);
const scalar = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 12 }),
  fc.string({ unit: fc.constantFrom('a', ' ', '\n', '\t', '#', ':', '-', "'", '"', '\\', '{', '$'), maxLength: 12 }),
  fc.integer(),
  fc.double({ noNaN: true }),
  fc.boolean(),
  fc.constantFrom(null, 'off', '2001-12-14', '0777', '1e3', '~', '', '- a', '? b', '&c', '*d', '!e', '%f', '@g'),
);
const { data } = fc.letrec((tie) => ({
  data: fc.oneof({ maxDepth: 4, depthSize: 'small' }, scalar, tie('list'), tie('map')),
  list: fc.array(tie('data'), { maxLength: 4 }),
  map: fc.array(fc.tuple(key, tie('data')), { maxLength: 5 }).map(Object.fromEntries),
}));
const map = fc.array(fc.tuple(key, data), { minLength: 1, maxLength: 6 }).map(Object.fromEntries);
const style = fc.record({
  indent: fc.integer({ min: 1, max: 6 }),
  indentSeq: fc.boolean(),
  lineWidth: fc.constantFrom(0, 20, 80),
  defaultStringType: fc.constantFrom('PLAIN', 'QUOTE_SINGLE', 'QUOTE_DOUBLE', 'BLOCK_LITERAL', 'BLOCK_FOLDED'),
  collectionStyle: fc.constantFrom('any', 'flow', 'block'),
  flowCollectionPadding: fc.boolean(),
} as const);

describe('any data', () => {
  it('is read as it was written, in any style, and so when it is formatted', () => {
    let read = 0;
    fc.assert(
      fc.property(map, style, (value, options) => {
        const text = stringify(value, { ...options, aliasDuplicateObjects: false });
        const { value: tree, diagnostics } = parse(text);
        // Not every text in every style comes back from the `yaml` package itself.
        if (!comesBack(text, value)) return;
        // Strings that no topology can hold, and a key `null`, are refused.
        if (diagnostics.length > 0) return;
        read++;
        assert.ok(tree.root);
        assert.deepEqual(plain(toData(tree.root)), plain(value));
        const formatted = parse(format(text).value).value.root;
        assert.deepEqual(formatted && plain(toData(formatted)), plain(value));
      }),
      { seed: 7, numRuns: 1500 },
    );
    assert.ok(read > 900, `only ${read} were read`);
  });
});

function comesBack(text: string, value: unknown): boolean {
  const document = parseDocument(text, { stringKeys: true, logLevel: 'silent' });
  return document.errors.length === 0 && isDeepStrictEqual(document.toJS(), value);
}
