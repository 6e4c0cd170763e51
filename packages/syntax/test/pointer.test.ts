import assert from 'node:assert/strict';
import { nodeAtPointer, parse } from '@groundplan/syntax';
import { describe, it } from 'mocha';

const text = 'apps:\n  web:\n    env: { A/B: 1, "~": 2, "": 3, __proto__: 4 }\n    ports: [1, 2]\n';
const root = parse(text).value.root;
assert.ok(root);

function at(pointer: string): [string, string | undefined] | undefined {
  assert.ok(root);
  const found = nodeAtPointer(root, pointer);
  return found && [text.slice(found.node.span.start, found.node.span.end), found.entry?.key];
}

describe('a JSON pointer', () => {
  it('leads to the value of an entry', () => {
    assert.deepEqual(at('/apps/web/ports'), ['[1, 2]', 'ports']);
    assert.deepEqual(at('/apps/web/env/__proto__'), ['4', '__proto__']);
  });

  it('leads to the item of a list, which is no entry', () => {
    assert.deepEqual(at('/apps/web/ports/1'), ['2', undefined]);
  });

  it('leads to the root', () => {
    assert.deepEqual(at(''), [text.trimEnd(), undefined]);
  });

  it('escapes slashes and tildes', () => {
    assert.deepEqual(at('/apps/web/env/A~1B'), ['1', 'A/B']);
    assert.deepEqual(at('/apps/web/env/~0'), ['2', '~']);
    assert.deepEqual(at('/apps/web/env/'), ['3', '']);
  });

  it('may lead nowhere', () => {
    for (const pointer of [
      '/nope',
      '/apps/web/ports/2',
      '/apps/web/ports/01',
      '/apps/web/ports/x',
      '/apps/web/env/A~1B/c',
      'apps',
    ]) {
      assert.equal(at(pointer), undefined, pointer);
    }
  });
});
