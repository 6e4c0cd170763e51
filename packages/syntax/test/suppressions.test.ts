import assert from 'node:assert/strict';
import { parse } from '@groundplan/syntax';
import { describe, it } from 'mocha';

function suppressionsOf(text: string) {
  return parse(text).value.suppressions.map(({ codes, reason, line, span }) => {
    for (const { code, span: place } of codes) assert.equal(text.slice(place.start, place.end), code);
    assert.ok(text.slice(span.start, span.end).startsWith('#'));
    return { codes: codes.map(({ code }) => code), reason, line };
  });
}

describe('# groundplan-ignore-next-line', () => {
  it('names codes, and a reason', () => {
    assert.deepEqual(suppressionsOf('# groundplan-ignore-next-line dns/ttl-high: cached by the office\nttl: 3600\n'), [
      { codes: ['dns/ttl-high'], reason: 'cached by the office', line: 1 },
    ]);
    assert.deepEqual(suppressionsOf('#groundplan-ignore-next-line a/b,c/d , e/f\na: 1\n'), [
      { codes: ['a/b', 'c/d', 'e/f'], reason: undefined, line: 1 },
    ]);
    assert.deepEqual(suppressionsOf('# groundplan-ignore-next-line\na: 1\n'), [
      { codes: [], reason: undefined, line: 1 },
    ]);
  });

  it('speaks of the next line that holds something', () => {
    const text = '# groundplan-ignore-next-line a/b: x\n\n  # comment\n# groundplan-ignore-next-line c/d: y\n\na: 1\n';
    assert.deepEqual(
      suppressionsOf(text).map(({ line }) => line),
      [5, 5],
    );
    assert.deepEqual(
      suppressionsOf('a: 1\n# groundplan-ignore-next-line a/b: x\n').map(({ line }) => line),
      [3],
    );
  });

  it('may stand behind a value', () => {
    assert.deepEqual(suppressionsOf('a: 1 # groundplan-ignore-next-line a/b: x\nb: 2\n'), [
      { codes: ['a/b'], reason: 'x', line: 1 },
    ]);
  });

  it('is nothing but a whole comment', () => {
    assert.deepEqual(
      suppressionsOf('a: "# groundplan-ignore-next-line a/b: x"\nb: |\n  # groundplan-ignore-next-line a/b: x\n'),
      [],
    );
    assert.deepEqual(
      suppressionsOf('# groundplan-ignore-next-lines a/b: x\n# see groundplan-ignore-next-line\na: 1\n'),
      [],
    );
  });
});
