import assert from 'node:assert/strict';
import { parse } from '@groundplan/syntax';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { nastyYaml, topologiesBelow } from '../../../test/support/mutate.js';
import { readLines } from '../src/cursor/lines.js';
import type { Table } from '../src/cursor/same-lines.js';

const corpus = [...nastyYaml, ...topologiesBelow('samples')];

const edit = fc.record({
  at: fc.nat(),
  removed: fc.nat(15),
  typed: fc.oneof(
    fc.constantFrom(
      '',
      ' ',
      '\n',
      '\n  ',
      '\n    ',
      '    ',
      'a',
      'cx3',
      ':',
      ': ',
      '- ',
      '#',
      ' # note',
      '\r\n',
      '\r',
      '\ufeff',
    ),
    fc.constantFrom(
      '{',
      '}',
      '[',
      ']',
      '"',
      "'",
      '"a\n  b"',
      '{ a: 1 }',
      '{ a:\n  1 }',
      '|\n    text\n',
      '>-\n',
      '---\n',
      '&a ',
      '*a',
    ),
    fc.constantFrom('web:\n    type: cx33\n', 'x: "open\n', "  y: 'it''s'\n", '\n\n', '${x}'),
  ),
});

describe('the lines of a text after an edit', () => {
  it('are those that reading all of it gives', () => {
    let reused = 0;
    fc.assert(
      fc.property(fc.constantFrom(...corpus), fc.array(edit, { minLength: 3, maxLength: 10 }), (first, edits) => {
        let text = first;
        let known: Table | undefined;
        for (const { at, removed, typed } of edits) {
          const tree = parse(text).value;
          const whole = readLines(tree);
          const lines = readLines(tree, known);
          assert.deepEqual(lines, whole, JSON.stringify([known?.text, text]));
          if (lines?.some((line) => line.kind === 'content' && known?.lines.includes(line))) reused++;
          if (lines !== undefined) known = { text, lines };
          const start = at % (text.length + 1);
          text = text.slice(0, start) + typed + text.slice(start + removed);
        }
      }),
      { numRuns: 1500, seed: 8 },
    );
    assert.ok(reused > 1000, `only ${reused} texts had lines of the one before`);
  });
});
