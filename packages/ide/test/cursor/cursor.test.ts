import assert from 'node:assert/strict';
import { parse } from '@groundplan/syntax';
import { describe, it } from 'mocha';
import { cursorAt } from '../../src/cursor/cursor.js';
import type { Cursor } from '../../src/cursor/types.js';

const cases: readonly (readonly [group: string, name: string, text: string, expected: string])[] = [
  ['a key', 'in an empty file', '▮', 'key in the root, fresh'],
  ['a key', 'half typed at the top', 'topo▮', 'key "topo" in the root, fresh'],
  ['a key', 'on an empty line at the end', 'topology: v1\n▮', 'key in the root beside topology'],
  [
    'a key',
    'on an empty line between sections',
    'topology: v1\n▮\nname: shop\n',
    'key in the root beside topology name',
  ],
  ['a key', 'of a map that is empty so far', 'apps:\n  ▮', 'key in apps, fresh'],
  ['a key', 'at any indentation of a map that is empty so far', 'apps:\n      we▮', 'key "we" in apps, fresh'],
  ['a key', 'beside others, above them', 'apps:\n  ▮\n  web: {}\n', 'key in apps beside web'],
  ['a key', 'beside others, between them', 'apps:\n  a:\n    port: 1\n  ▮\n  web: {}\n', 'key in apps beside a web'],
  [
    'a key',
    'in the inner map, by its indentation',
    'apps:\n  a:\n    port: 1\n    ▮\n  b: {}\n',
    'key in apps.a beside port',
  ],
  ['a key', 'in the outer map, by its indentation', 'apps:\n  a:\n    port: 1\n▮\n', 'key in the root beside apps'],
  ['a key', 'at the end of the file, one level up', 'apps:\n  a:\n    port: 1\n  ▮', 'key in apps beside a'],
  [
    'a key',
    'on a line without blanks between deeper ones',
    'apps:\n  a: {}\n▮\n  b: {}\n',
    'key in apps beside a b, 0 for 2',
  ],
  ['a key', 'that is indented too far', 'apps:\n  a: {}\n    po▮\n', 'key "po" in apps beside a, 4 for 2'],
  [
    'a key',
    'that is indented too little',
    'apps:\n  a:\n    port: 1\n   co▮\n    run: {}\n',
    'key "co" in apps.a beside port run, 3 for 4',
  ],
  ['a key', 'with its colon', 'na▮me: shop\n', 'key "na" in the root, colon, value'],
  ['a key', 'with its colon and lines below', 'ap▮ps:\n  web: {}\n', 'key "ap" in the root, colon, value'],
  [
    'a key',
    'that lacks its colon above deeper lines',
    'region: fsn1\nap▮\n  web: {}\n',
    'key "ap" in the root beside region, value',
  ],
  ['a key', 'in quotes', '"na▮me": shop\n', 'key "na" in the root, colon, value'],
  ['a key', 'in the item of a list', 'peers:\n  - address: 1\n    a▮\n', 'key "a" in peers.0 beside address'],
  [
    'a key',
    'behind the dash',
    'peers:\n  - a: 1\n  - ad▮: 1\n    asn: 2\n',
    'key "ad" in peers.1 beside asn, colon, value',
  ],
  [
    'a key',
    'above an item',
    'apps:\n  web:\n    port: 1\n    ▮\n    packages:\n    - a\n',
    'key in apps.web beside port packages',
  ],
  [
    'a key',
    'behind comments and empty lines',
    'apps:\n  web:\n    port: 1\n\n    # why\n\n    ▮',
    'key in apps.web beside port',
  ],
  ['a key', 'in CRLF', 'apps:\r\n  web:\r\n    port: 1\r\n    c▮\r\n', 'key "c" in apps.web beside port'],
  ['a key', 'behind a byte order mark', '\uFEFFto▮', 'key "to" in the root, fresh'],
  ['a key', 'below a byte order mark', '\uFEFFapps:\n▮\n  web: {}\n', 'key in apps beside web, 0 for 2'],
  ['a key', 'under tabs', 'apps:\n\tweb:\n\t\tpo▮', 'key "po" in apps.web, fresh'],
  ['a key', 'behind emoji', 'labels: { a: "🙂🙂" }\nap▮', 'key "ap" in the root beside labels'],
  ['a key', 'below a block of text', 'a:\n  content: |\n    x: y\n  m▮\n', 'key "m" in a beside content'],
  ['a key', 'above a marker', 'name: a\n▮\n---\nregion: b\n', 'key in the root beside name'],

  ['a key in brackets', 'of an empty map', 'apps: {▮}', 'key in apps, in brackets'],
  ['a key in brackets', 'of a map that is open', 'apps: { web: { ▮', 'key in apps.web, in brackets'],
  ['a key in brackets', 'behind a comma', 'web: { count: 2, ▮ }', 'key in web beside count, in brackets'],
  [
    'a key in brackets',
    'before others',
    'web: { c▮, run: { container: a } }',
    'key "c" in web beside run, in brackets',
  ],
  [
    'a key in brackets',
    'before others without a comma',
    'web: { ▮ run: {} }',
    'key in web beside run, in brackets, comma behind',
  ],
  ['a key in brackets', 'with its colon', 'web: { co▮unt: 2 }', 'key "co" in web, in brackets, colon, value'],
  ['a key in brackets', 'of the outer map', 'a: { b: { c: 1 }, ▮, d: 2 }', 'key in a beside b d, in brackets'],
  ['a key in brackets', 'in a list', 'peers: [{ address: 1 }, { a▮', 'key "a" in peers.1, in brackets'],
  ['a key in brackets', 'over several lines', 'a: {\n  b: 1,\n  ▮\n}\n', 'key in a beside b, in brackets'],
  [
    'a key in brackets',
    'over several lines without a comma',
    'a: {\n  b: 1\n  ▮\n}\n',
    'key in a beside b, in brackets, comma before',
  ],
  ['a key in brackets', 'of JSON', '{\n  "name": "shop",\n  "ap▮"\n}', 'key "ap" in the root beside name, in brackets'],
  [
    'a key in brackets',
    'left open above other lines',
    'apps:\n  web: { count: 2, ▮\n  api: {}\n',
    'key in apps.web beside count, in brackets',
  ],
  ['a key', 'below brackets left open', 'apps:\n  web: { count: 2,\n  api: {}\n  ▮\n', 'key in apps beside web api'],
  ['a key', 'below a quote left open', 'apps:\n  web: "a\n  api: {}\n  ▮\n', 'key in apps beside web api'],
  ['a key', 'in an item in brackets', 'peers:\n  - { address: 1, ▮ }\n', 'key in peers.0 beside address, in brackets'],

  ['a value', 'behind the blank', 'name: ▮', 'value of name'],
  ['a value', 'right behind the colon', 'name:▮', 'value of name, lacks space'],
  ['a value', 'half typed', 'image: deb▮ian-12 # why', 'value "deb" of image'],
  ['a value', 'in quotes', "image: 'deb▮'", 'value "deb" of image, quote \''],
  ['a value', 'in quotes that nothing closes', 'image: "deb▮\nregion: fsn1\n', 'value "deb" of image, quote " open'],
  ['a value', 'with lines below', 'apps: ▮\n  web: {}\n', 'value of apps, lines below'],
  ['a value', 'deep down', 'apps:\n  web:\n    type: ▮\n', 'value of apps.web.type'],
  ['a value', 'behind a key that lacks its colon', 'image deb▮', 'value "deb" of image, lacks colon'],
  ['a value', 'behind a key that lacks its colon and its value', 'image ▮', 'value of image, lacks colon'],
  ['a value', 'that lacks the blank before it', 'image:deb▮', 'value "deb" of image, lacks space'],
  ['a value', 'behind an anchor', 'image: &i deb▮', 'value "deb" of image'],
  ['a value', 'behind a tag without more', 'image: !!str ▮', 'value of image'],
  ['a value', 'of an item', 'keys:\n  - a\n  - b▮\n', 'value "b" of keys.1, in an item'],
  ['a value', 'of an item that is empty', 'keys:\n  - a\n  - ▮\n', 'value of keys.1, in an item'],
  ['a value', 'of an item without its blank', 'keys:\n  -▮\n', 'value of keys.0, lacks space, in an item'],
  ['a value', 'of an item in the column of its key', 'keys:\n- a\n- ▮\n', 'value of keys.1, in an item'],
  ['a value', 'of an item without its dash', 'keys:\n  - a\n  ▮\n', 'value of keys.1, lacks dash'],
  ['a value', 'of an item without its dash, half typed', 'keys:\n  - a\n  k▮\n', 'value "k" of keys.1, lacks dash'],
  ['a value', 'in a block of text', 'a:\n  content: |\n    x ▮y\n', 'value "    x " of a.content, quote block'],
  [
    'a value',
    'on an empty line in a block of text',
    'a:\n  content: |\n    x\n\n    ▮',
    'value "    " of a.content, quote block',
  ],
  ['a value', 'that reaches over lines', 'a: "x\n  y▮"\nb: c\n', 'value "x\n  y" of a, quote "'],

  ['a value in brackets', 'behind a colon', 'a: { b: ▮ }', 'value of a.b, in brackets'],
  ['a value in brackets', 'right behind a colon', 'a: { b:▮ }', 'value of a.b, in brackets, lacks space'],
  ['a value in brackets', 'without the blank before it', 'a: { b:c▮ }', 'value "c" of a.b, in brackets, lacks space'],
  ['a value in brackets', 'before another key', 'a: { b: ▮, c: 1 }', 'value of a.b, in brackets'],
  [
    'a value in brackets',
    'before another key without a comma',
    'a: { b: ▮ c: 1 }',
    'value of a.b, in brackets, comma behind',
  ],
  ['a value in brackets', 'in quotes left open', 'a: { b: "x▮ }', 'value "x" of a.b, quote " open, in brackets'],
  ['a value in brackets', 'of a list', 'a: [x, ▮]', 'value of a.1, in brackets'],
  ['a value in brackets', 'of a list that is open', 'a: [x, y▮', 'value "y" of a.1, in brackets'],
  ['a value in brackets', 'of a map that is open', 'a:\n  b: { c: { d: ▮\n  e: 1\n', 'value of a.b.c.d, in brackets'],

  ['an interpolation', 'that is open', 'env:\n  A: ${▮', 'value "${" of env.A, ${} "" open'],
  [
    'an interpolation',
    'that is closed',
    'env: { A: "x ${data▮base.main} y" }',
    'value "x ${data" of env.A, quote ", in brackets, ${} "data"',
  ],
  ['an interpolation', 'the second one', 'A: ${a.b} ${ c.▮', 'value "${a.b} ${ c." of A, ${} "c." open'],
  ['an interpolation', 'is none behind its brace', 'A: ${a.b}▮', 'value "${a.b}" of A'],
  ['an interpolation', 'is none with two dollars', 'A: $${a▮', 'value "$${a" of A'],
  ['an interpolation', 'in a block of text', 'c: |\n  x=${a▮\n', 'value "  x=${a" of c, quote block, ${} "a" open'],
  ['an interpolation', 'that lacks quotes', 'env: { A: ${a▮ }', 'value "${a" of env.A, in brackets, ${} "a"'],

  ['nothing', 'in the indentation of a key', 'a:\n ▮ b: 1\n', 'none'],
  ['nothing', 'behind a value', 'a: b  ▮', 'none'],
  ['nothing', 'behind closed brackets', 'a: {} ▮', 'none'],
  ['nothing', 'right behind a colon with its value', 'a:▮ b', 'none'],
  ['nothing', 'right behind a colon with its value in brackets', 'a: { b:▮ c, d: e }', 'none'],
  ['nothing', 'beside a root in brackets', '{ a: b }\n▮', 'none'],
  ['nothing', 'in an alias', 'a: *b▮', 'none'],
  ['nothing', 'in an anchor', 'a: &b▮', 'none'],
  ['nothing', 'behind a complete value in brackets', 'a: { b: "c" ▮ }', 'none'],
  ['nothing', 'at a marker', '---▮\na: b\n', 'none'],
  ['a comment', 'behind a value', 'a: b # c▮', 'comment'],
  ['a comment', 'on a line of its own', 'a: b\n  # groundplan-ignore▮\n', 'comment'],
];

describe('where the cursor is', () => {
  for (const group of new Set(cases.map(([each]) => each))) {
    describe(group, () => {
      for (const [, name, marked, expected] of cases.filter(([each]) => each === group)) {
        it(name, () => {
          const offset = marked.indexOf('▮');
          const text = marked.replace('▮', '');
          assert.equal(described(cursorAt(parse(text).value, offset)), expected);
        });
      }
    });
  }
});

/** A cursor in words: what is typed, where it is, and what is odd about it. */
function described(cursor: Cursor): string {
  if (cursor.place === 'none' || cursor.place === 'comment') return cursor.place;
  const typed = cursor.typed === '' ? '' : ` "${cursor.typed}"`;
  const path = cursor.path.length === 0 ? 'the root' : cursor.path.join('.');
  const quote = cursor.quote === '' ? [] : [`quote ${cursor.quote}${cursor.closed ? '' : ' open'}`];
  const brackets = cursor.style === 'flow' ? ['in brackets'] : [];
  if (cursor.place === 'key') {
    const keys = cursor.keys.length === 0 ? '' : ` beside ${cursor.keys.join(' ')}`;
    return [
      `key${typed} in ${path}${keys}`,
      ...brackets,
      ...(cursor.hasColon ? ['colon'] : []),
      ...(cursor.hasValue ? ['value'] : []),
      ...(cursor.fresh ? ['fresh'] : []),
      ...(cursor.commaBefore === undefined ? [] : ['comma before']),
      ...(cursor.commaAfter ? ['comma behind'] : []),
      ...(cursor.column === cursor.wantedColumn ? [] : [`${cursor.column} for ${cursor.wantedColumn}`]),
    ].join(', ');
  }
  return [
    `value${typed} of ${path}`,
    ...quote,
    ...brackets,
    ...(cursor.hasBlock ? ['lines below'] : []),
    ...(cursor.lacks === '' ? [] : [`lacks ${cursor.lacks}`]),
    ...(cursor.commaAfter ? ['comma behind'] : []),
    ...(cursor.inItem ? ['in an item'] : []),
    ...(cursor.interpolation === undefined
      ? []
      : [`\${} "${cursor.interpolation.typed}"${cursor.interpolation.closed ? '' : ' open'}`]),
  ].join(', ');
}
