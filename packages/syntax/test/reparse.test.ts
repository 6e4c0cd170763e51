import assert from 'node:assert/strict';
import { Session } from 'node:inspector/promises';
import { parse, parserOfVersions } from '@groundplan/syntax';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { nastyYaml, topologiesBelow } from '../../../test/support/mutate.js';

const corpus = [...nastyYaml, ...topologiesBelow('samples')];

/** What is typed, pasted and left over while somebody works on a topology. */
const typed = fc.oneof(
  fc.constantFrom(
    '',
    ' ',
    '\n',
    '\n  ',
    '\n    ',
    '\n      ',
    ':',
    ': ',
    '#',
    ' # note',
    '- ',
    '{',
    '}',
    '[',
    ']',
    ',',
    '"',
    "'",
  ),
  fc.constantFrom(
    'a',
    'web',
    'cx33',
    '  type: cx33\n',
    '    count: 3\n',
    'x: 1',
    '\n  b: 2\n',
    'key: { a: 1, b: [2] }',
  ),
  fc.constantFrom(
    '&a ',
    '*a',
    '<<: ',
    '!!str ',
    '---\n',
    '...\n',
    '|\n      text\n',
    '>-\n',
    '\t',
    '\r\n',
    '\r',
    '?',
    '\ufeff',
    '🙂',
    '${x}',
  ),
  fc.constantFrom('# groundplan-ignore-next-line a/b: why\n', '\n\n', '"a\n  b"', 'a\n      b'),
);

const anywhere = fc.record({ at: fc.nat(), removed: fc.nat(12), typed });

/** A value that is written anew, which leaves most texts sound. */
const ofValue = fc.record({
  at: fc.nat(),
  removed: fc.constant('value' as const),
  typed: fc.constantFrom(
    'cx33',
    '2',
    '"a b"',
    '[a, b]',
    '{ a: 1 }',
    '\n      a: 1',
    '|\n        text',
    'a # note',
    '~',
    '',
  ),
});

interface Edit {
  readonly at: number;
  readonly removed: number | 'value';
  readonly typed: string;
}

function edited(text: string, { at, removed, typed: inserted }: Edit): string {
  if (removed !== 'value') {
    const start = at % (text.length + 1);
    return text.slice(0, start) + inserted + text.slice(start + removed);
  }
  const values = [...text.matchAll(/(?<=: )[^\n{[|>&]+/g)];
  const value = values[at % Math.max(1, values.length)];
  if (value === undefined) return text;
  return text.slice(0, value.index) + inserted + text.slice(value.index + value[0].length);
}

describe('a text that is parsed version by version', () => {
  it('has the tree of each version that parsing it alone gives', () => {
    let shared = 0;
    const versions = fc.tuple(
      fc.constantFrom(...corpus),
      fc.array(fc.oneof(anywhere, ofValue), { minLength: 5, maxLength: 12 }),
    );
    fc.assert(
      fc.property(versions, ([first, edits]) => {
        const parsed = parserOfVersions();
        let sound = first;
        let known = new Set(parsed(first).value.root?.entries);
        for (const each of edits) {
          const version = edited(sound, each);
          const result = parsed(version);
          assert.deepEqual(result, parse(version), JSON.stringify([sound, version]));
          // A mistake is mended before the next edit, as people do.
          if (result.diagnostics.length > 0) continue;
          const entries = result.value.root?.entries ?? [];
          if (version !== sound && entries.some((entry) => known.has(entry))) shared++;
          known = new Set(entries);
          sound = version;
        }
      }),
      { numRuns: 1500, seed: 4 },
    );
    assert.ok(shared > 1000, `only ${shared} versions were read in part`);
  });

  it('reads again only the key whose value has changed', () => {
    const text = 'topology: v1\napps:\n  web:\n    port: 80\n    env:\n      A: 1\n  api: { port: 81 }\nname: a\n';
    const parsed = parserOfVersions();
    const before = parsed(text).value.root;
    const after = parsed(text.replace('A: 1', 'A: 2')).value.root;
    const web = (root: typeof before) => {
      const apps = root?.entries[1]?.value;
      const app = apps?.kind === 'mapping' ? apps.entries[0]?.value : undefined;
      return app?.kind === 'mapping' ? app.entries : [];
    };
    assert.equal(after?.entries[0], before?.entries[0]);
    assert.equal(after?.entries[2], before?.entries[2]);
    assert.equal(web(after)[0], web(before)[0]);
    assert.notEqual(web(after)[1], web(before)[1]);
  });

  it('goes on from the last sound version while a key is being typed', () => {
    const text = 'topology: v1\napps:\n  web:\n    port: 80\nname: a\n';
    const parsed = parserOfVersions();
    const before = parsed(text).value.root;
    for (const key of ['c', 'co', 'count', 'count:']) parsed(text.replace('80\n', `80\n    ${key}\n`));
    const after = parsed(text.replace('80\n', '80\n    count: 2\n')).value.root;
    assert.equal(after?.entries[0], before?.entries[0]);
  });

  it('keeps no earlier version of the text', async () => {
    const count = 300;
    const lines = Array.from(
      { length: count },
      (_, index) => `  name-of-a-variable-${index}: what it says is long and ${index} # a comment that is long\n`,
    );
    let text = `topology: v1\nenv:\n${lines.join('')}# ${'a long comment, '.repeat(20_000)}\n`;
    const parsed = parserOfVersions();
    let tree = parsed(text).value;
    const before = await heapInUse();
    // Every value is written anew once, so that none is left of the first version.
    for (let index = 0; index < count; index++) {
      text = text.replace(`is long and ${index} # a comment`, `is another, ${index} # what is said of it: a comment`);
      tree = parsed(text).value;
    }
    const grown = (await heapInUse()) - before;
    assert.equal(tree.text, text);
    assert.ok(grown < 10 * text.length, `${Math.round(grown / text.length)} times the text are held on to`);
  });
});

/** Bytes on V8's heap after a collection. */
async function heapInUse(): Promise<number> {
  const session = new Session();
  session.connect();
  await session.post('HeapProfiler.collectGarbage');
  session.disconnect();
  return process.memoryUsage().heapUsed;
}
