import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { mutations, randomNumbers } from '../../../../test/support/mutate.js';
import { complete } from '../../src/completion/complete.js';
import { resolveCompletion } from '../../src/completion/resolve.js';
import { snapshotOf } from '../support/snapshot-of.js';
import { samples } from '../support/texts.js';
import { accept, labelsAt, listFiles } from './support.js';

describe('completion in a broken text', () => {
  for (const { name, text } of samples) {
    it(`gives completions or nothing wherever the sample ${name} is cut`, () => {
      for (let end = 0; end <= text.length; end += 25) {
        const snapshot = snapshotOf(text.slice(0, end));
        for (const item of complete(snapshot, end, { snippets: true, listFiles })) {
          assert.ok(item.edit.span.start <= end && item.edit.span.end === end, `${end}: ${item.label}`);
        }
      }
    });

    it(`gives completions or nothing at every offset of the sample ${name}, with documentation`, () => {
      const snapshot = snapshotOf(text);
      for (let offset = 0; offset <= text.length; offset++) {
        const items = complete(snapshot, offset, { snippets: offset % 2 === 0 });
        const labels = items.map(({ kind, label }) => `${kind} ${label}`);
        assert.equal(new Set(labels).size, labels.length, `${offset}: ${labels}`);
        const [first] = items;
        if (first !== undefined) assert.equal(resolveCompletion(snapshot, first).label, first.label);
      }
    });
  }

  it('gives edits in the line of the cursor, which do not overlap, anywhere in any text', () => {
    const texts = mutations(
      samples.map(({ text }) => text),
      20261124,
    );
    const numbers = randomNumbers(7);
    for (let count = 0; count < 400; count++) {
      const text = texts.next().value;
      const offset = numbers.next().value % (text.length + 1);
      const snapshot = snapshotOf(text);
      for (const item of complete(snapshot, offset, { snippets: true, listFiles })) {
        const { start, end } = item.edit.span;
        assert.ok(
          start <= offset && offset <= end && !/[\r\n]/.test(text.slice(start, end)),
          `${item.label} at ${offset} of\n${text}`,
        );
        accept(text, item);
        resolveCompletion(snapshot, item);
      }
    }
  });

  const cases: readonly (readonly [name: string, source: string, expected: string])[] = [
    ['behind half a key', 'topology: v1\nname: shop\nregion: fsn1\nacc▮', 'access'],
    ['below a key that lacks its colon', 'load_balancers\n  edge:\n    mode: ▮\n', 'active-active'],
    ['in brackets that nothing closes', 'apps:\n  web: { port: 1, r▮\ndatabases:\n  main: {}\n', 'run'],
    [
      'in a list that nothing closes',
      'apps:\n  web: { port: 1 }\nbuckets:\n  a: { writers: [▮\naccess: {}\n',
      'app.web',
    ],
    ['below brackets that nothing closes', 'apps:\n  web: { port: 1,\nbuckets:\n  a:\n    ▮\n', 'name'],
    ['in quotes that nothing closes', 'image: "deb▮\nregion: fsn1\n', 'debian-12'],
    ['below quotes that nothing closes', 'image: "debian\nregion: ▮\n', 'fsn1'],
    ['in a line that is indented wrongly', 'apps:\n  web:\n    port: 1\n   r▮\n    count: 1\n', 'run'],
    ['below tabs', 'apps:\n\tweb:\n\t\tport: 1\n\t\tr▮\n', 'run'],
    ['behind a byte order mark', '\uFEFFto▮', 'topology'],
    ['behind emoji', 'labels: { a: "🙂" }\nregion: ▮', 'fsn1'],
    ['in CRLF', 'apps:\r\n  web:\r\n    port: 1\r\n    ▮\r\n', 'run'],
    ['in an alias that is cut off', 'regions:\n  a: &a { location: ▮ }\n  b: *\n', 'fsn1'],
  ];
  for (const [name, source, expected] of cases) {
    it(`goes on ${name}`, () => assert.equal(labelsAt(source)[0], expected));
  }
});
