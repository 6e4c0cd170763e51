import assert from 'node:assert/strict';
import { format, formatEdits, parse, toData } from '@groundplan/syntax';
import { describe, it } from 'mocha';
import { parseAllDocuments } from 'yaml';
import { mutations, nastyYaml, topologiesBelow } from '../../../test/support/mutate.js';
import { withLineFeeds } from '../src/clean.js';
import { layOut } from '../src/format/layout.js';
import { sayTheSame } from '../src/format/same.js';
import { plain } from './support/marked.js';

const corpus = [...nastyYaml, ...topologiesBelow('samples')];

function variations(seed: number, count: number): string[] {
  const texts = mutations(corpus, seed);
  return Array.from({ length: count }, () => texts.next().value);
}

describe('any text at all', () => {
  it('is parsed and formatted, and every diagnostic and fix lies in it', () => {
    for (const text of variations(1, 2000)) {
      const { value: tree, diagnostics } = parse(text);
      assert.equal(tree.text, text);
      assert.ok(tree.root !== undefined || diagnostics.length > 0, JSON.stringify(text));
      for (const { span, fixes, related } of diagnostics) {
        const edits = fixes.flatMap((fix) => fix.edits);
        for (const each of [span, ...related.map((place) => place.span), ...edits.map((edit) => edit.span)]) {
          assert.ok(0 <= each.start && each.start <= each.end && each.end <= text.length, JSON.stringify(text));
        }
      }
      const formatted = format(text);
      if (diagnostics.length > 0) assert.equal(formatted.value, text);
    }
  });
});

describe('a sound text', () => {
  it('says the same when it is formatted, and is then left as it is', () => {
    let sound = 0;
    for (const text of variations(2, 4000)) {
      const { value: tree, diagnostics } = parse(text);
      if (diagnostics.length > 0) continue;
      sound++;
      // Without the safety net that `format` has.
      const formatted = layOut(withLineFeeds(text).replace(/^\ufeff/, ''));
      const again = parse(formatted);
      assert.deepEqual(again.diagnostics, [], JSON.stringify(text));
      assert.ok(sayTheSame(tree, again.value), JSON.stringify(text));
      assert.equal(layOut(formatted), formatted, JSON.stringify(text));
      const edited = formatEdits(text).value.reduceRight(
        (result, { span, newText }) => result.slice(0, span.start) + newText + result.slice(span.end),
        text,
      );
      assert.equal(edited, formatted, JSON.stringify(text));
    }
    assert.ok(sound > 400, `only ${sound} variations were sound`);
  });
});

/** What Groundplan refuses though it is YAML, or sees only by looking further than the composer of `yaml` does. */
const stricter = new Set([
  'syntax/tag',
  'syntax/directive',
  'syntax/several-documents',
  'syntax/key-not-text',
  'syntax/merge-not-a-map',
  'syntax/alias-expansion',
  'syntax/cyclic-alias',
  'syntax/unknown-alias',
  'syntax/encoding',
  'syntax/not-a-map',
  'syntax/empty',
  'syntax/tab',
  'syntax/too-deep',
  // Words alone in braces are keys in YAML; duplicates are told apart by what is written, and a merge key is one of them.
  'syntax/missing-colon',
  'syntax/missing-space',
  'syntax/duplicate-key',
  // Half a UTF-16 pair.
  'syntax/escape',
]);

/**
 * Where `yaml` 2.9 is wrong: it takes `a: [b]: c`, the end of `'it''` for a closing quote, and almost anything after a `? key`; it
 * refuses tabs on lines that are otherwise empty or comments (YAML 1.2, chapter 6.3), comments at the beginning of a line within
 * brackets, and two spaces in a directive; it counts a byte order mark as a column.
 */
const oddity = /^[- ]*\?|[\]}][ \t]*:|\n[ \t]*\t[ \t]*(?=\r?\n|#|$)|''|^%YAML {2}|^\ufeff /m;

describe('a text is sound', () => {
  it('when the composer of yaml finds it so, and then means the same', () => {
    let compared = 0;
    for (const variation of variations(3, 4000)) {
      const text = withLineFeeds(variation);
      const { value: tree, diagnostics } = parse(text);
      if (oddity.test(text) || diagnostics.some(({ code }) => stricter.has(code))) continue;
      const [document, second] = parseAllDocuments(text, {
        prettyErrors: false,
        merge: true,
        logLevel: 'silent',
        uniqueKeys: false,
        stringKeys: true,
      });
      if (document === undefined || second !== undefined || !('contents' in document)) continue;
      const sound = diagnostics.length === 0;
      const errors = document.errors.filter(
        ({ message, pos: [start] }) => !message.startsWith('Comments must be separated') || text[start - 1] !== '\n',
      );
      assert.equal(sound, errors.length === 0, `${JSON.stringify(text)}\n${errors.map(({ message }) => message)}`);
      if (!sound) continue;
      compared++;
      const theirs = document.toJS({ maxAliasCount: -1, mapAsMap: true });
      assert.deepEqual(keyed(plain(tree.root && toData(tree.root))), keyed(theirs), JSON.stringify(text));
    }
    assert.ok(compared > 400, `only ${compared} variations were compared`);
  });
});

/** Maps as sorted lists of pairs. */
function keyed(data: unknown): unknown {
  if (Array.isArray(data)) return data.map(keyed);
  if (data === undefined) return null;
  if (typeof data !== 'object' || data === null) return data;
  const entries: [unknown, unknown][] = data instanceof Map ? [...data] : Object.entries(data);
  return entries
    .map(([key, value]) => [String(key), keyed(value)] as const)
    .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
}
