import assert from 'node:assert/strict';
import { type Attempt, checkLedger, type Findings, isClean } from '@groundplan/rehearsal';
import fc from 'fast-check';
import { describe, it } from 'mocha';

/** Attempts one after the other, each ten milliseconds long: `a+` was acknowledged, `a-` refused, `a?` had no answer. */
function inTurn(...words: readonly string[]): Attempt[] {
  const outcomes = { '+': 'acknowledged', '-': 'refused', '?': 'unknown' } as const;
  return words.map((word, index) => ({
    id: word.slice(0, -1),
    sentAt: 20 * index,
    endedAt: 20 * index + 10,
    outcome: outcomes[word.slice(-1) as keyof typeof outcomes],
  }));
}

/** The findings that say that something is wrong. */
function wrong(findings: Findings): Partial<Record<keyof Findings, readonly string[]>> {
  const { lost, duplicated, reordered, refusedButStored, foreign } = findings;
  const lists = { lost, duplicated, reordered, refusedButStored, foreign };
  return Object.fromEntries(Object.entries(lists).filter(([, list]) => list.length > 0));
}

describe('the ledger of writes', () => {
  it('is content when all that was acknowledged is stored once, in order', () => {
    const findings = checkLedger(inTurn('a+', 'b+', 'c+'), ['a', 'b', 'c']);
    assert.ok(isClean(findings));
    assert.equal(findings.acknowledged, 3);
  });

  it('finds what was acknowledged and is gone', () => {
    assert.deepEqual(wrong(checkLedger(inTurn('a+', 'b+', 'c+'), ['a', 'c'])), { lost: ['b'] });
  });

  it('finds what is there twice, acknowledged or not', () => {
    const findings = checkLedger(inTurn('a+', 'b?', 'c+'), ['a', 'b', 'b', 'c', 'c']);
    assert.deepEqual(wrong(findings), { duplicated: ['b', 'c'] });
  });

  it('takes what had no answer as it is, there or not', () => {
    const findings = checkLedger(inTurn('a?', 'b+', 'c?'), ['a', 'b']);
    assert.deepEqual(wrong(findings), {});
    assert.deepEqual(findings.unknown, { stored: 1, absent: 1 });
  });

  it('finds what was refused and is there nevertheless, and what nobody sent', () => {
    const findings = checkLedger(inTurn('a+', 'b-'), ['a', 'b', 'z']);
    assert.deepEqual(wrong(findings), { refusedButStored: ['b'], foreign: ['z'] });
  });

  it('takes several attempts at one write together', () => {
    assert.deepEqual(wrong(checkLedger(inTurn('a?', 'a+'), [])), { lost: ['a'] });
    assert.deepEqual(wrong(checkLedger(inTurn('a-', 'a?'), ['a'])), {});
    assert.deepEqual(wrong(checkLedger(inTurn('a?', 'a+'), ['a'])), {});
  });

  it('finds what is stored before something that had been acknowledged earlier', () => {
    assert.deepEqual(wrong(checkLedger(inTurn('a+', 'b+', 'c+'), ['b', 'a', 'c'])), { reordered: ['b'] });
  });

  it('lets writes at the same time be stored in any order', () => {
    const together: Attempt[] = ['a', 'b'].map((id) => ({ id, sentAt: 0, endedAt: 10, outcome: 'acknowledged' }));
    assert.deepEqual(wrong(checkLedger(together, ['b', 'a'])), {});
  });

  it('is content with every store that does what it says, and finds every single mistake', () => {
    const outcomes = fc.array(fc.constantFrom('+', '-', '?'), { minLength: 2, maxLength: 40 });
    fc.assert(
      fc.property(outcomes, fc.nat(), fc.infiniteStream(fc.boolean()), (marks, which, coin) => {
        const attempts = inTurn(...marks.map((mark, index) => `w${index}${mark}`));
        const isStored = ({ outcome }: Attempt): boolean =>
          outcome === 'acknowledged' || (outcome === 'unknown' && coin.next().value === true);
        const stored = attempts.filter(isStored).map(({ id }) => id);
        assert.deepEqual(wrong(checkLedger(attempts, stored)), {});
        const promised = attempts.filter(({ outcome }) => outcome === 'acknowledged').map(({ id }) => id);
        const victim = promised[which % Math.max(1, promised.length)];
        if (victim === undefined) return;
        const without = stored.filter((id) => id !== victim);
        assert.deepEqual(wrong(checkLedger(attempts, without)), { lost: [victim] });
        assert.deepEqual(wrong(checkLedger(attempts, [...stored, victim])), { duplicated: [victim] });
        if (stored.at(0) === victim || promised[0] === victim) return;
        assert.deepEqual(wrong(checkLedger(attempts, [victim, ...without])), { reordered: [victim] });
      }),
    );
  });
});
