import assert from 'node:assert/strict';
import { changedPart } from '@groundplan/syntax';
import fc from 'fast-check';
import { describe, it } from 'mocha';

describe('the changed part of a text', () => {
  it('is empty where nothing changed', () => {
    assert.deepEqual(changedPart('abc', 'abc'), { start: 3, oldEnd: 3, newEnd: 3 });
  });

  it('is what was written, taken away or written over', () => {
    assert.deepEqual(changedPart('ac', 'abc'), { start: 1, oldEnd: 1, newEnd: 2 });
    assert.deepEqual(changedPart('abc', 'ac'), { start: 1, oldEnd: 2, newEnd: 1 });
    assert.deepEqual(changedPart('abc', 'axc'), { start: 1, oldEnd: 2, newEnd: 2 });
  });

  it('does not count a letter to the beginning and to the end', () => {
    assert.deepEqual(changedPart('aa', 'aaa'), { start: 2, oldEnd: 2, newEnd: 3 });
    assert.deepEqual(changedPart('aaa', 'aa'), { start: 2, oldEnd: 3, newEnd: 2 });
  });

  it('is the smallest one, however long the texts are', () => {
    const texts = fc.record({
      head: fc.nat(3000),
      tail: fc.nat(3000),
      before: fc.string({ maxLength: 5 }),
      after: fc.string({ maxLength: 5 }),
    });
    fc.assert(
      fc.property(texts, ({ head, tail, before, after }) => {
        const old = 'x'.repeat(head) + before + 'x'.repeat(tail);
        const now = 'x'.repeat(head) + after + 'x'.repeat(tail);
        const { start, oldEnd, newEnd } = changedPart(old, now);
        assert.equal(now, old.slice(0, start) + now.slice(start, newEnd) + old.slice(oldEnd));
        assert.ok(start <= oldEnd && start <= newEnd);
        const [first, last] = [old.slice(start, oldEnd), now.slice(start, newEnd)];
        if (first === '' || last === '') return;
        assert.notEqual(first[0], last[0]);
        assert.notEqual(first.at(-1), last.at(-1));
      }),
    );
  });
});
