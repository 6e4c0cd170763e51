import assert from 'node:assert/strict';
import type { Diagnostic, Span } from '@groundplan/diagnostics';
import { analyse } from '@groundplan/model';
import { parse } from '@groundplan/syntax';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { applyFix } from '../../../../test/support/apply-fix.js';
import { mutations, topologiesBelow } from '../../../../test/support/mutate.js';
import { spoiledTopology } from './spoiled-topology.js';

describe('whatever is wrong with a topology', () => {
  it('diagnostics and fixes stay inside of the text, and a fix never breaks its YAML', () => {
    fc.assert(
      fc.property(spoiledTopology(), (text) => {
        for (const diagnostic of analyse(text).diagnostics) assertSound(text, diagnostic);
      }),
      { numRuns: 120 },
    );
  }).timeout(60_000);

  it('a fix mends what it is for', () => {
    fc.assert(
      fc.property(spoiledTopology(), (text) => {
        const before = ofChecks(text);
        for (const diagnostic of before) {
          for (const fix of diagnostic.fixes) {
            const fixed = applyFix(text, fix);
            const left = countOf(ofChecks(fixed), diagnostic);
            assert.ok(left < countOf(before, diagnostic), `"${fix.title}" leaves ${diagnostic.message}\n${fixed}`);
          }
        }
      }),
      { numRuns: 120 },
    );
  }).timeout(60_000);
});

describe('whatever a text is', () => {
  it('the analysis never throws, and no fix ever breaks its YAML', () => {
    const corpus = [...topologiesBelow('samples'), ...topologiesBelow('test/cases')];
    const texts = mutations(corpus, 20_261_124);
    for (let round = 0; round < 1000; round++) {
      const text = texts.next().value;
      for (const diagnostic of analyse(text).diagnostics) assertSound(text, diagnostic);
    }
  }).timeout(60_000);
});

/** What mends a shape or a syntax may bring to light what the checks could not see before. */
function ofChecks(text: string): readonly Diagnostic[] {
  return analyse(text).diagnostics.filter(({ code }) => !/^(syntax|schema|suppression)\//.test(code));
}

function countOf(diagnostics: readonly Diagnostic[], { code }: Diagnostic): number {
  return diagnostics.filter((diagnostic) => diagnostic.code === code).length;
}

function assertSound(text: string, diagnostic: Diagnostic): void {
  const { span, related, fixes, code } = diagnostic;
  for (const each of [span, ...related.map((place) => place.span)]) assertInside(text, each, code);
  for (const fix of fixes) {
    for (const edit of fix.edits) assertInside(text, edit.span, `${code}: ${fix.title}`);
    const fixed = applyFix(text, fix);
    assert.ok(problems(text) > 0 || problems(fixed) === 0, `"${fix.title}" of ${code} breaks\n${text}\ninto\n${fixed}`);
  }
}

function assertInside(text: string, { start, end }: Span, what: string): void {
  assert.ok(0 <= start && start <= end && end <= text.length, `${what} is at ${start} to ${end} of ${text.length}`);
}

function problems(text: string): number {
  return parse(text).diagnostics.length;
}
