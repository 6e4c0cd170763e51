import assert from 'node:assert/strict';
import { type Entry, entryOf, parse, toData } from '@groundplan/syntax';
import { describe, it } from 'mocha';
import { assertBroken, assertData } from './support/marked.js';

describe('an alias', () => {
  it('repeats the value of its anchor', () => {
    assertData('a: &x { b: 1 }\nc: *x\nd: [*x, &y 2, *y]\n&k e: *k\n? *y\n: f\n', {
      a: { b: 1 },
      c: { b: 1 },
      d: [{ b: 1 }, 2, 2],
      e: 'e',
      2: 'f',
    });
  });

  it('is the same node, and the entry knows where the alias stands', () => {
    const text = 'a: &x { b: 1 }\nc: *x\n';
    const { root } = parse(text).value;
    const [a, c] = ['a', 'c'].map((key) => entryOf(root, key) as Entry);
    assert.equal(a?.value, c?.value);
    assert.deepEqual(c?.alias && text.slice(c.alias.start, c.alias.end), '*x');
    assert.equal(a?.alias, undefined);
    const data = root && (toData(root) as Record<string, unknown>);
    assert.equal(data?.a, data?.c);
  });

  it('takes the last anchor of its name', () => {
    assertData('a: &x 1\nb: *x\nc: &x 2\nd: *x\n', { a: 1, b: 1, c: 2, d: 2 });
    assertData('a: &x { b: &x 1, c: *x }\nd: *x\n', { a: { b: 1, c: 1 }, d: 1 });
  });

  it('needs an anchor that stands before it', () => {
    assertBroken('a: «*x»\nb: &x 1\n', { code: 'syntax/unknown-alias', data: { a: null, b: 1 } });
  });

  it('cannot stand inside its anchor', () => {
    assertBroken('a: &x [1, «*x»]\n', { code: 'syntax/cyclic-alias', data: { a: [1, null] } });
    assertBroken('a: &x\n  b: { c: «*x» }\n', { code: 'syntax/cyclic-alias', data: { a: { b: { c: null } } } });
    assertBroken('a: &x { <<: «*x» }\n', { code: 'syntax/cyclic-alias', data: { a: {} } });
  });

  it('has no anchor of its own', () => {
    assertBroken('a: &x 1\nb: «&y» *x\n', { code: 'syntax/invalid-yaml', data: { a: 1, b: 1 } });
  });

  it('may not blow up the file', () => {
    const laughs = Array.from(
      { length: 40 },
      (_, level) => `a${level + 1}: &a${level + 1} [${`*a${level}, `.repeat(9)}]\n`,
    );
    const { value: tree, diagnostics } = parse(`a0: &a0 [lol]\n${laughs.join('')}`);
    assert.deepEqual(
      diagnostics.map(({ code }) => code),
      ['syntax/alias-expansion'],
    );
    assert.ok(tree.root && JSON.stringify(toData(tree.root)).length < 5_000_000);
  });

  it('may be repeated as often as a text can be long', () => {
    const { value: tree, diagnostics } = parse(`x: &x 1\ny:\n${'  - *x\n'.repeat(100_000)}`);
    assert.deepEqual(diagnostics, []);
    const list = entryOf(tree.root, 'y')?.value;
    assert.equal(list?.kind === 'sequence' && list.items.length, 100_000);
  });
});

describe('an anchor', () => {
  it('may stand before nothing', () => {
    assertData('a: &x\nb: [*x, &y , &z ]\nc: { d: &v, e: *v, f: &w }\n', {
      a: null,
      b: [null, null, null],
      c: { d: null, e: null, f: null },
    });
    assertData('l:\n  - &x\n  - *x\n', { l: [null, null] });
  });

  it('may stand on the line above its value, whose first key may have one too', () => {
    assertData('a: &x\n  &k b: 1\nc: *x\nd: *k\ne: &l\n- f\ng: *l\n', {
      a: { b: 1 },
      c: { b: 1 },
      d: 'b',
      e: ['f'],
      g: ['f'],
    });
  });

  it('is the only one of its value', () => {
    const code = 'syntax/invalid-yaml';
    assertBroken('a: &x «&y» 1\n', { code, data: { a: 1 } });
    assertBroken('a: &x\n  «&y»\n  - 1\n', { code, data: { a: [1] } });
    assertBroken('a: &x\n  «&y» 1\n', { code, data: { a: 1 } });
  });

  it('stands after what marks a key or an item', () => {
    assertBroken('«&a» ? b\n: 1\n', { code: 'syntax/invalid-yaml', data: { b: 1 } });
    assertBroken('a:\n  &x «-» 1\n', { code: 'syntax/list-item', data: { a: [1] } });
  });
});

describe('a merge', () => {
  it('adds what the map does not write itself, wherever it stands', () => {
    assertData('base: &base { a: 1, b: 2 }\nx: { <<: *base, b: 3 }\ny:\n  c: 4\n  <<: *base\n', {
      base: { a: 1, b: 2 },
      x: { b: 3, a: 1 },
      y: { c: 4, a: 1, b: 2 },
    });
  });

  it('takes a list, of which the first wins', () => {
    assertData('p: &p { a: 1 }\nq: &q { a: 2, b: 2 }\nx: { <<: [*p, *q, { c: 3 }] }\n', {
      p: { a: 1 },
      q: { a: 2, b: 2 },
      x: { a: 1, b: 2, c: 3 },
    });
  });

  it('passes on what was merged itself', () => {
    assertData('p: &p { a: 1 }\nq: &q { <<: *p, b: 2 }\nx: { <<: *q }\n', {
      p: { a: 1 },
      q: { b: 2, a: 1 },
      x: { b: 2, a: 1 },
    });
  });

  it('keeps the place where each entry is written, last in the map', () => {
    const text = 'base: &base { a: 1 }\nx: { <<: *base, b: 2 }\n';
    const map = entryOf(parse(text).value.root, 'x')?.value;
    assert.ok(map?.kind === 'mapping');
    assert.deepEqual(
      map.entries.map(({ key, merged, keySpan }) => ({ key, merged, start: keySpan.start })),
      [
        { key: 'b', merged: false, start: text.indexOf('b: 2') },
        { key: 'a', merged: true, start: text.indexOf('a: 1') },
      ],
    );
  });

  it('is one only where its key is plain', () => {
    assertData('x: { "<<": 1 }\n', { x: { '<<': 1 } });
  });

  it('takes maps only', () => {
    assertBroken('x: { <<: «text» }\n', { code: 'syntax/merge-not-a-map', data: { x: {} } });
    assertBroken('x: { <<: [{ a: 1 }, «2»] }\n', { code: 'syntax/merge-not-a-map', data: { x: { a: 1 } } });
    assertBroken('p: &p [1]\nx: { <<: «*p» }\n', { code: 'syntax/merge-not-a-map' });
  });

  it('is written once', () => {
    assertBroken('p: &p { a: 1 }\nx:\n  <<: *p\n  «<<»: { b: 1 }\n', {
      code: 'syntax/duplicate-key',
      data: { p: { a: 1 }, x: { a: 1 } },
    });
  });

  it('of an unknown alias is one mistake', () => {
    assertBroken('x: { <<: «*p», a: 1 }\n', { code: 'syntax/unknown-alias', data: { x: { a: 1 } } });
  });
});
