import assert from 'node:assert/strict';
import { codeLenses } from '@groundplan/ide';
import { describe, it } from 'mocha';
import { snapshotOf } from '../support/snapshot-of.js';
import { cases, prefixes, samples } from '../support/texts.js';

/** Each lens with what it stands above. */
function lensesOf(text: string): string[] {
  return codeLenses(snapshotOf(text)).map(
    ({ span, title, command }) => `${text.slice(span.start, span.end)}: ${title} (${command.kind})`,
  );
}

describe('code lenses', () => {
  it('stand at the top, above each region and above each entity', () => {
    assert.deepEqual(
      lensesOf(
        'topology: v1\nname: shop\nregions:\n  one: { location: fsn1 }\n  two: { location: hel1 }\napps:\n  web: { count: 4, mounts: { /a: storage.media } }\nshared_storage:\n  media: { geo_replication: { from: one, to: [two] } }\n',
      ).filter((lens) => !lens.includes('(problems)')),
      [
        'topology: 14 servers · 120.44 € a month (preview)',
        'one: 7 servers · 60.22 € a month (preview)',
        'one: 1 reference (references)',
        'two: 7 servers · 60.22 € a month (preview)',
        'two: 1 reference (references)',
        'web: 8 servers · 71.92 € a month (preview)',
        'media: 6 servers · 48.52 € a month (preview)',
        'media: 1 reference (references)',
      ],
    );
  });

  it('say how many problems a tier has', () => {
    const text = 'topology: v1\nname: shop\nregion: fsn1\napps:\n  web: { count: 1, drain: 40s, port: 80 }\n';
    assert.ok(lensesOf(text).includes('web: 2 errors, 2 warnings (problems)'), lensesOf(text).join('\n'));
  });

  it('lead to every reference', () => {
    const { text } = samples.find(({ name }) => name === 'single-region') ?? { text: '' };
    const lens = codeLenses(snapshotOf(text)).find(({ command }) => command.kind === 'references');
    assert.equal(lens?.command.kind, 'references');
    for (const { command } of codeLenses(snapshotOf(text))) {
      if (command.kind !== 'references') continue;
      for (const span of command.spans) assert.match(text.slice(span.start, span.end), /^[a-z]/);
    }
  });

  it('are none for an empty text', () => {
    assert.deepEqual(lensesOf(''), []);
    assert.deepEqual(lensesOf('# nothing yet\n'), []);
  });

  it('stand within broken texts, in order', () => {
    for (const { text } of [...samples.flatMap((sample) => prefixes(sample, 25)), ...cases]) {
      const lenses = codeLenses(snapshotOf(text));
      const starts = lenses.map(({ span }) => span.start);
      assert.deepEqual(
        starts,
        starts.toSorted((a, b) => a - b),
      );
      for (const { span, title } of lenses) {
        assert.ok(span.end <= text.length);
        assert.doesNotMatch(title, /undefined|NaN/);
      }
    }
  });
});
