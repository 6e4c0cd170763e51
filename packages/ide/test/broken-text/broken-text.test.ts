import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import type { Edit, Span } from '@groundplan/diagnostics';
import { format } from '@groundplan/syntax';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { arbitraryTopology } from '../../../../test/support/arbitrary-topology.js';
import { nastyYaml } from '../../../../test/support/mutate.js';
import {
  definition,
  documentLinks,
  documentSymbols,
  foldings,
  formatting,
  highlights,
  namedSymbols,
  type OutlineSymbol,
  onTypeFormatting,
  prepareRename,
  rangeFormatting,
  references,
  rename,
  selectionRanges,
  semanticTokens,
} from '../../src/index.js';
import { applied } from '../support/apply.js';
import { snapshotOf } from '../support/snapshot-of.js';

const samples = readdirSync('samples', { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => ({ name, text: readFileSync(`samples/${name}/topology.yaml`, 'utf8') }));

/** Asks every feature about a text, and holds what is true of every answer. */
function ask(text: string, offsets: readonly number[]): void {
  const snapshot = snapshotOf(text);
  const within = ({ start, end }: Span) => assert.ok(0 <= start && start <= end && end <= text.length);
  const fits = (edits: readonly Edit[]) => applied(text, edits);

  const symbol = ({ span, nameSpan, name, children }: OutlineSymbol): void => {
    within(span);
    assert.ok(name !== '' && span.start <= nameSpan.start && nameSpan.end <= span.end);
    children.forEach(symbol);
  };
  documentSymbols(snapshot).forEach(symbol);
  for (const { span } of namedSymbols(snapshot)) within(span);
  for (const { span } of documentLinks(snapshot)) within(span);
  const lines = snapshot.tree.lines.starts.length;
  for (const { startLine, endLine } of foldings(snapshot)) assert.ok(startLine < endLine && endLine < lines);
  fits(formatting(snapshot));
  let end = 0;
  for (const { span } of semanticTokens(snapshot)) {
    within(span);
    assert.ok(end <= span.start && span.start < span.end);
    assert.ok(!/[\r\n]/.test(text.slice(span.start, span.end)));
    end = span.end;
  }
  for (const offset of offsets) {
    for (const { nameSpan } of definition(snapshot, offset)?.targets ?? []) within(nameSpan);
    for (const span of references(snapshot, offset, { includeDeclaration: true })) within(span);
    for (const { span } of highlights(snapshot, offset)) within(span);
    const target = prepareRename(snapshot, offset);
    if (!('problem' in target)) within(target.span);
    const renaming = rename(snapshot, offset, 'other');
    if (!('problem' in renaming)) fits(renaming.edits);
    const ranges = selectionRanges(snapshot, offset);
    for (const [index, span] of ranges.entries()) {
      within(span);
      const outer = ranges[index + 1] ?? { start: 0, end: text.length };
      assert.ok(outer.start <= span.start && span.end <= outer.end);
    }
    fits(rangeFormatting(snapshot, { start: Math.max(0, offset - 30), end: offset }));
    for (const character of ['\n', '}', ']']) fits(onTypeFormatting(snapshot, offset, character, { tabSize: 2 }));
    for (const { span } of semanticTokens(snapshot, { start: Math.max(0, offset - 30), end: offset })) within(span);
  }
}

describe('broken texts', () => {
  for (const { name, text } of samples) {
    it(`every feature answers about ${name}, cut at every 25th offset`, () => {
      for (let cut = 0; cut < text.length; cut += 25) {
        ask(
          text.slice(0, cut),
          [0, cut >> 1, cut - 3, cut].filter((offset) => offset >= 0),
        );
      }
    }).timeout(60_000);
  }

  it('every feature answers about pieces of YAML that parsers trip over', () => {
    for (const text of nastyYaml) ask(text, [0, text.length >> 1, text.length]);
  });

  it('every feature answers about an empty text, a binary, CRLF, a byte order mark, emoji, and offsets outside', () => {
    const text = samples[0]?.text ?? '';
    const binary = String.fromCharCode(...Array.from({ length: 600 }, (_, index) => (index * 197) % 256));
    const odd = ['', '\ufeff', binary, `\ufeff${text}`, text.replaceAll('\n', '\r\n'), text.replaceAll('\n', '\r')];
    const emoji = ['# 😀\na: "😀 ${app.😀.url}"\napps: { 😀: { env: { A: "${app.😀.url}😀" } } }\n', '😀', '\ud83d'];
    for (const each of [...odd, ...emoji]) ask(each, [-1, 0, 1, each.length >> 1, each.length, each.length + 5]);
  });

  it('every feature answers about generated topologies in which a piece is missing', () => {
    fc.assert(
      fc.property(arbitraryTopology({ regions: 2, entities: 2 }), fc.nat(), fc.nat(40), (text, at, length) => {
        const from = at % text.length;
        ask(text.slice(0, from) + text.slice(from + length), [from, from + 1]);
      }),
      { numRuns: 60 },
    );
  }).timeout(60_000);
});

describe('formatting of topologies', () => {
  it('leads to the same text as the command line, and then changes nothing', () => {
    for (const { text } of samples) {
      const spoiled = text.replace(/^( +)/gm, '$1$1').replace(/: (?=\d)/g, ':    ');
      const once = applied(spoiled, formatting(snapshotOf(spoiled)));
      assert.equal(once, format(spoiled).value);
      assert.deepEqual(formatting(snapshotOf(once)), []);
    }
  });
});
