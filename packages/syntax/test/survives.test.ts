import assert from 'node:assert/strict';
import { parse, toData } from '@groundplan/syntax';
import { describe, it } from 'mocha';
import { assertBroken, assertData } from './support/marked.js';

const codes = (text: string) => parse(text).diagnostics.map(({ code }) => code);

describe('a text that holds nothing', () => {
  it('is reported as empty', () => {
    for (const text of [
      '',
      '\n\n',
      '# only a comment\n',
      '---\n',
      '---\n...\n',
      '  \t\n',
      '\ufeff',
      '%YAML 1.2\n---\n',
    ]) {
      assert.deepEqual(codes(text), ['syntax/empty'], JSON.stringify(text));
      assert.equal(parse(text).value.root, undefined);
    }
  });
});

describe('marks around the document', () => {
  it('are fine', () => {
    assertData('---\na: 1\n', { a: 1 });
    assertData('%YAML 1.2\n---\na: 1\n...\n', { a: 1 });
    assertData('# comment\n--- # comment\na: 1\n... # comment\n# end\n', { a: 1 });
    assertData('\ufeffa: 1\n', { a: 1 });
    assertData('--- { a: 1 }', { a: 1 });
  });

  it('stand on lines of their own', () => {
    assertBroken('--- «a»: 1\n', { code: 'syntax/invalid-yaml', data: { a: 1 } });
    assertBroken('«%YAML 1.2»\n', { code: 'syntax/invalid-yaml' });
  });
});

describe('what is no text', () => {
  it('is reported once, at the first place', () => {
    assertBroken('a: x«\0»y\nb: \u0001\n', { code: 'syntax/encoding', data: { a: 'x\ufffdy', b: '\ufffd' } });
    assertBroken('a: «\ud800»\n', { code: 'syntax/encoding' });
    assertBroken('a: |\n  x«\u0002»\n', { code: 'syntax/encoding' });
    assertBroken('a: 1\n«\ufeff»b: 2\n', { code: 'syntax/encoding' });
  });

  it('does not take the marks of the lexer for its own', () => {
    for (const mark of ['\u0002', '\u0018', '\u001f']) {
      assert.deepEqual(
        codes(`a: [${mark}, 1]\nb: | ${mark}\n  c\n${mark}\nd: ${mark}${mark}\n`).includes('syntax/encoding'),
        true,
      );
    }
  });

  it('is not what people write in other languages', () => {
    assertData('a: äöü 日本語 😀 \u00a0\u2028\nключ: значение\n', {
      a: 'äöü 日本語 😀 \u00a0\u2028',
      ключ: 'значение',
    });
  });
});

describe('a text that is too much', () => {
  it('in length is not read', () => {
    assert.deepEqual(codes('a: 1\n'.repeat(2_000_000)), ['syntax/too-large']);
  });

  it('in depth is read no further', () => {
    const deep = {
      lists: '['.repeat(10_000),
      maps: 'a: {'.repeat(10_000),
      'maps in braces': '{a: '.repeat(10_000),
      dashes: '- '.repeat(10_000),
      'explicit keys': '? '.repeat(10_000),
      lines: Array.from({ length: 2_000 }, (_, depth) => `${' '.repeat(depth)}a:\n`).join(''),
    };
    for (const [kind, text] of Object.entries(deep)) {
      const { value: tree, diagnostics } = parse(text);
      assert.deepEqual(
        diagnostics.map(({ code }) => code),
        ['syntax/too-deep'],
        kind,
      );
      assert.equal(tree.root, undefined);
    }
  });

  it('is less than 60 maps in one another', () => {
    assertData(`${'{ a: '.repeat(60)}1${' }'.repeat(60)}\n`, nested(60));
  });

  it('in mistakes is reported up to a thousand', () => {
    assert.equal(codes('a: 1\n'.repeat(10_000)).length, 1_000);
    assert.equal(codes('a: ]\n'.repeat(10_000)).length, 1_000);
  });
});

describe('a large text', () => {
  const lines = (count: number, line: (index: number) => string) =>
    Array.from({ length: count }, (_, index) => line(index)).join('');
  const sound: Record<string, string> = {
    'of many keys': lines(100_000, (index) => `k${index}: v\n`),
    'of many keys in braces': `a: { ${lines(100_000, (index) => `k${index}: v, `)} }\n`,
    'of many anchors': lines(50_000, (index) => `k${index}: &a${index} v\n`),
    'of many comments': `${'# groundplan-ignore-next-line a/b: c\n'.repeat(50_000)}a: 1\n`,
    'of empty lines': `a: 1\n${'\n'.repeat(500_000)}b: 1\n`,
    'of one long line': `a: "${'x\\n'.repeat(300_000)}"\nb: ${'x '.repeat(300_000)}\n`,
    'of one long block': `a: |\n${'  x\n'.repeat(300_000)}b: >\n${'  x\n'.repeat(100_000)}`,
    'of one value over many lines': `a: ${'x\n  '.repeat(300_000)}\n`,
    'of many maps merged into one': `x: &x { a: 1 }\n${lines(20_000, (index) => `k${index}: { <<: *x }\n`)}`,
  };
  for (const [kind, text] of Object.entries(sound)) {
    it(`${kind} is read`, () => {
      const { value: tree, diagnostics } = parse(text);
      assert.deepEqual(diagnostics, []);
      assert.ok(tree.root && toData(tree.root));
    });
  }

  // Each piece is repeated until nothing that grows with the square of the length would end in time.
  const pieces = [
    '[',
    '{',
    '{a: ',
    '- ',
    ',',
    '"',
    "'",
    '#',
    '\n\n  ',
    '&a ',
    '*a ',
    '!t ',
    '|\n',
    'a\n',
    ' a\n',
    'a: b: c\n',
    '? ',
    ': ',
    '\t',
    '\t- a\n',
    '{a',
    '[a, ',
    '"\n',
    "'\n",
    '"\\"\n',
    '["a\n',
    'k: {"a\n',
    "k: ['\n",
    '- "\n',
    '# c\na\n',
    'a b\n',
    'a=b\n',
    ']',
    '}\n',
    '%a\n',
    '---\n',
    '...\n',
    '--- a\n',
    '\\',
    '\ud800',
    '\0',
    'a: |\n',
    ' - a\nb\n',
    'k: &x *x\n',
    '<<: *a\n',
    'a: "\\u"\n',
    '    a: 1\n  b: 1\n',
    '&a\n',
    '{\n',
    '{}: ',
    '{} ',
    '"" ',
    'a: [\n',
    'k:\n  - {"x: 1,\n',
    'a:           ',
    '\r',
    '\ufeff',
  ];
  it('of anything at all is read without an end to patience', () => {
    for (const piece of pieces) {
      const { diagnostics } = parse(piece.repeat(Math.ceil(200_000 / piece.length)));
      assert.notDeepEqual(diagnostics, [], JSON.stringify(piece));
    }
  }).timeout(60_000);
});

function nested(depth: number): unknown {
  let value: unknown = 1;
  for (let level = 0; level < depth; level++) value = { a: value };
  return value;
}
