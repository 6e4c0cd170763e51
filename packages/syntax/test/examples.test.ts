import assert from 'node:assert/strict';
import { type Code, catalogue, type Entry } from '@groundplan/diagnostics';
import { parse } from '@groundplan/syntax';
import { describe, it } from 'mocha';

/** What no short example can show as it is. */
const abridged = ['syntax/alias-expansion', 'syntax/too-deep', 'syntax/too-large', 'syntax/encoding'];

const codes = (Object.keys(catalogue) as Code[]).filter(
  (code) => code.startsWith('syntax/') && !abridged.includes(code),
);

describe('the example in the catalogue', () => {
  for (const code of codes) {
    it(`of ${code} shows it, and what mends it`, () => {
      const { example } = catalogue[code] as Entry<never>;
      assert.ok(example);
      const shown = (text: string) => parse(text).diagnostics.map((diagnostic) => diagnostic.code);
      assert.deepEqual(shown(example.wrong), [code]);
      assert.deepEqual(shown(example.right), []);
    });
  }
});
