import assert from 'node:assert/strict';
import { entryOf, nodeAt, parse } from '@groundplan/syntax';
import { describe, it } from 'mocha';
import { assertBroken, assertData } from './support/marked.js';

describe('plain values', () => {
  it('follow the core schema of YAML 1.2', () => {
    assertData('a: yes\nb: off\nc: true\nd: FALSE\ne: null\nf: ~\ng:\nh: 2001-12-14\ni: 12:30:45\n', {
      a: 'yes',
      b: 'off',
      c: true,
      d: false,
      e: null,
      f: null,
      g: null,
      h: '2001-12-14',
      i: '12:30:45',
    });
  });

  it('are numbers in any form, however large', () => {
    assertData('a: 0777\nb: 0x1F\nc: 0o17\nd: -1.5e3\ne: .5\nf: 1_000\ng: 1e999\nh: -.inf\ni: 10.0.0.1\n', {
      a: 777,
      b: 31,
      c: 15,
      d: -1500,
      e: 0.5,
      f: '1_000',
      g: Number.POSITIVE_INFINITY,
      h: Number.NEGATIVE_INFINITY,
      i: '10.0.0.1',
    });
    assertData('a: .nan\nb: -0\n', { a: Number.NaN, b: -0 });
  });

  it('keep their digits in the source', () => {
    const { value: tree } = parse('a: 123456789012345678901234567890\n');
    const node = entryOf(tree.root, 'a')?.value;
    assert.ok(node?.kind === 'scalar');
    assert.equal(node.value, Number('123456789012345678901234567890'));
    assert.equal(node.source, '123456789012345678901234567890');
  });
});

describe('text', () => {
  it('may be quoted, and go on over lines', () => {
    assertData(
      "a: 'it''s'\nb: \"tab\\t\\u00e9\\x41\\U0001F600\\\n  joined\"\nc: 'two\n  lines\n\n  more'\nd: plain\n  goes on\n",
      {
        a: "it's",
        b: 'tab\té\u0041\u{1F600}joined',
        c: 'two lines\nmore',
        d: 'plain goes on',
      },
    );
  });

  it('may be a block', () => {
    assertData(
      'a: |\n  literal\n   more\n\n  end\nb: >-\n  folded\n  text\n\n  para\nc: |+\n  keep\n\nd: |2\n   two\ne:\n  >\n  own line\n',
      {
        a: 'literal\n more\n\nend\n',
        b: 'folded text\npara',
        c: 'keep\n\n',
        d: ' two\n',
        e: 'own line\n',
      },
    );
  });

  it('may be empty', () => {
    assertData('a: ""\nb: \'\'\nc: |\nd: 1\n', { a: '', b: '', c: '', d: 1 });
  });
});

describe('keys', () => {
  it('are the text that is written', () => {
    assertData('1: one\n1.0: float\ntrue: yes\n"q": 1\n\'s\': 2\n0x10: 3\n', {
      '1': 'one',
      '1.0': 'float',
      true: 'yes',
      q: 1,
      s: 2,
      '0x10': 3,
    });
  });

  it('may be those that JavaScript knows otherwise', () => {
    const { value: tree } = parse('__proto__: 1\nconstructor: { prototype: 2 }\nhasOwnProperty: 3\ntoString: 4\n');
    const keys = tree.root?.entries.map(({ key }) => key);
    assert.deepEqual(keys, ['__proto__', 'constructor', 'hasOwnProperty', 'toString']);
    assert.equal(entryOf(tree.root, 'valueOf'), undefined);
  });

  it('may be explicit', () => {
    assertData('? a\n: b\n? c\n: - d\n  - e\n? f\n', { a: 'b', c: ['d', 'e'], f: null });
  });

  it('stand in a map once; the first one counts', () => {
    assertBroken('a: 1\nb: 2\n«a»: 3\n', { code: 'syntax/duplicate-key', fixed: null, data: { a: 1, b: 2 } });
    assertBroken('x: { 1: a, «"1"»: b }\n', { code: 'syntax/duplicate-key', data: { x: { '1': 'a' } } });
    const [duplicate] = parse('a: 1\nb: 2\na: 3\n').diagnostics;
    assert.deepEqual(duplicate?.related, [{ span: { start: 0, end: 1 }, message: '"a" is here first' }]);
  });
});

describe('lists and maps', () => {
  it('nest in every way', () => {
    assertData('a:\n- b\n- c: d\n  e: f\ng:\n  - h\n    i\n  - - j\n    - k\n  -\n    l: m\n', {
      a: ['b', { c: 'd', e: 'f' }],
      g: ['h i', ['j', 'k'], { l: 'm' }],
    });
  });

  it('may be in brackets, over several lines', () => {
    assertData('{ a: b, "c":d, e: , ? f : g,\n k: { l: [m, n: o, ] }, }\n', {
      a: 'b',
      c: 'd',
      e: null,
      f: 'g',
      k: { l: ['m', { n: 'o' }] },
    });
  });
});

describe('the tree', () => {
  const text = 'a: "x"   # comment\nb:\n  c: [1, { d: *e }]\nf:\n';
  const tree = parse(text.replace('*e', '2')).value;
  const at = (path: (string | number)[]) => {
    const span = nodeAt(tree.root, path)?.span;
    return span && tree.text.slice(span.start, span.end);
  };

  it('knows where each value is written', () => {
    assert.equal(at(['a']), '"x"');
    assert.equal(at(['b', 'c']), '[1, { d: 2 }]');
    assert.equal(at(['b', 'c', 1]), '{ d: 2 }');
    assert.equal(at(['b']), 'c: [1, { d: 2 }]');
  });

  it('knows where each entry is written', () => {
    const spans = tree.root?.entries.map(({ span }) => tree.text.slice(span.start, span.end));
    assert.deepEqual(spans, ['a: "x"', 'b:\n  c: [1, { d: 2 }]', 'f:']);
  });

  it('places a value that is missing where it would begin', () => {
    const placeOf = (source: string) => parse(source).value.root?.entries[0]?.value.span;
    assert.deepEqual(placeOf('port: '), { start: 6, end: 6 });
    assert.deepEqual(placeOf('port:\nname: x\n'), { start: 5, end: 5 });
    assert.deepEqual(placeOf('port:   # how\nname: x\n'), { start: 6, end: 6 });
  });

  it('has the comments', () => {
    const source = '# one\na: |  # two\n  # text\nb: "# text"\nc: d#text # three\n';
    const comments = parse(source).value.comments;
    assert.deepEqual(
      comments.map(({ text: comment }) => comment),
      ['# one', '# two', '# three'],
    );
    for (const { span, text: comment } of comments) assert.equal(source.slice(span.start, span.end), comment);
  });

  it('has no line breaks but those of the text', () => {
    assertData('a: 1\r\nb:\r\n  - c\r\n  - "d\r\n   e"\r\nf: |\r\n  g\r\n  h\r\n', {
      a: 1,
      b: ['c', 'd e'],
      f: 'g\nh\n',
    });
    assertData('a: 1\rb:\r  c: 2\r', { a: 1, b: { c: 2 } });
  });
});
