import assert from 'node:assert/strict';
import { nodeAt, parse, type Scalar, scanInterpolations } from '@groundplan/syntax';
import fc from 'fast-check';
import { describe, it } from 'mocha';

/** The parts of the value of `a`: each with its kind, what it says, and what stands in the source there. */
function partsOf(text: string): string[] {
  const { value: tree, diagnostics } = parse(text);
  assert.deepEqual(diagnostics, []);
  const node = nodeAt(tree.root, ['a']) as Scalar;
  const source = ({ start, end }: { start: number; end: number }) => tree.text.slice(start, end);
  return scanInterpolations(node).map((part) => {
    if (part.kind === 'text') return `text ${JSON.stringify(part.text)} at ${source(part.span)}`;
    if (part.kind === 'problem') return `problem ${part.text} at ${source(part.span)}`;
    return `${part.expression} at ${source(part.expressionSpan)} in ${source(part.span)}`;
  });
}

describe('interpolations', () => {
  it('are found in plain text', () => {
    assert.deepEqual(partsOf('a: https://${bucket.static.host}/x?y=${secret.KEY}\n'), [
      'text "https://" at https://',
      'bucket.static.host at bucket.static.host in ${bucket.static.host}',
      'text "/x?y=" at /x?y=',
      'secret.KEY at secret.KEY in ${secret.KEY}',
    ]);
  });

  it('are found in quotes', () => {
    assert.deepEqual(partsOf("a: 'it''s ${a.b.c}'''\n"), [
      "text \"it's \" at it''s ",
      'a.b.c at a.b.c in ${a.b.c}',
      "text \"'\" at ''",
    ]);
    assert.deepEqual(partsOf('a: "tab\\t\\"${a.b.c}\\u00e9"\n'), [
      'text "tab\\t\\"" at tab\\t\\"',
      'a.b.c at a.b.c in ${a.b.c}',
      'text "é" at \\u00e9',
    ]);
    assert.deepEqual(partsOf('a: "\\U0001F600\\x24{a.b.c}"\n'), [
      'text "😀" at \\U0001F600',
      'a.b.c at a.b.c in \\x24{a.b.c}',
    ]);
  });

  it('are found in text over several lines', () => {
    assert.deepEqual(partsOf('a: one\n  two ${a.b.c}\n  three\n'), [
      'text "one two " at one\n  two ',
      'a.b.c at a.b.c in ${a.b.c}',
      'text " three" at \n  three',
    ]);
    assert.deepEqual(partsOf('a: "one\\\n   two ${a.b.c}"\n'), [
      'text "onetwo " at one\\\n   two ',
      'a.b.c at a.b.c in ${a.b.c}',
    ]);
  });

  it('are found in blocks', () => {
    assert.deepEqual(partsOf('a: |  # ${no}\n  one\n    ${a.b.c}\n  two\n'), [
      'text "one\\n  " at   one\n    ',
      'a.b.c at a.b.c in ${a.b.c}',
      'text "\\ntwo\\n" at \n  two',
    ]);
    assert.deepEqual(partsOf('a: >-\n  one\n  ${a.b.c}${d.e.f}\n'), [
      'text "one " at   one\n  ',
      'a.b.c at a.b.c in ${a.b.c}',
      'd.e.f at d.e.f in ${d.e.f}',
    ]);
  });

  it('may have spaces in their braces', () => {
    assert.deepEqual(partsOf('a: ${ a.b.c }\n'), ['a.b.c at a.b.c in ${ a.b.c }']);
    assert.deepEqual(partsOf('a: ${}\n'), [' at  in ${}']);
    assert.deepEqual(partsOf('a: ${  }\n'), [' at  in ${  }']);
  });

  it('are escaped by a second dollar', () => {
    assert.deepEqual(partsOf('a: $${x} ${a.b.c} $5\n'), [
      'text "${x} " at $${x} ',
      'a.b.c at a.b.c in ${a.b.c}',
      'text " $5" at  $5',
    ]);
    assert.deepEqual(partsOf('a: $$${x}\n'), ['text "$${x}" at $$${x}']);
  });

  it('are a problem when they are not closed', () => {
    assert.deepEqual(partsOf('a: x ${a.b ${c.d.e}\n'), [
      'text "x " at x ',
      'problem ${a.b at ${a.b',
      'text " " at  ',
      'c.d.e at c.d.e in ${c.d.e}',
    ]);
    assert.deepEqual(partsOf('a: ${'), ['problem ${ at ${']);
    assert.deepEqual(partsOf('a: |\n  ${a\n  b}\n'), ['problem ${a at ${a', 'text "\\nb}\\n" at \n  b}']);
  });

  it('are none in what is no text', () => {
    for (const text of ['a: 1\n', 'a:\n', 'a: ""\n', 'a: true\n']) assert.deepEqual(partsOf(text), []);
    assert.deepEqual(partsOf('a: text\n'), ['text "text" at text']);
  });

  it('together with the texts are the whole value, each where it is written', () => {
    const piece = fc.constantFrom(
      '${a.b.c}',
      '$',
      '${',
      '}',
      ' ',
      '  ',
      '\n',
      '\n\n',
      'x',
      'é',
      '😀',
      "'",
      '"',
      '\\',
      '#',
      ': ',
      '\t',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const value = pieces.join('');
        const indented = value
          .split('\n')
          .map((line) => (line === '' ? '' : `  ${line}`))
          .join('\n');
        const written = [
          JSON.stringify(value),
          `'${value.replaceAll("'", "''").replaceAll('\n', '\n\n  ')}'`,
          `|2-\n${indented}`,
        ];
        for (const source of written) {
          const text = `a: ${source}\n`;
          const { value: tree, diagnostics } = parse(text);
          const node = nodeAt(tree.root, ['a']);
          if (diagnostics.length > 0 || node?.kind !== 'scalar' || typeof node.value !== 'string') continue;
          const parts = scanInterpolations(node);
          let whole = '';
          let end = 0;
          for (const part of parts) {
            assert.ok(part.span.start >= end && part.span.end >= part.span.start && part.span.end <= node.span.end + 1);
            end = part.span.end;
            if (part.kind === 'text') whole += part.text;
            else {
              assert.equal(text.slice(part.span.start, part.span.start + 2), '${');
              whole += part.kind === 'problem' ? part.text : `\${${part.expression}}`;
            }
          }
          assert.equal(whole.replace(/\s/g, ''), node.value.replaceAll('$${', '${').replace(/\s/g, ''));
        }
      }),
      { seed: 1, numRuns: 500 },
    );
  });
});
