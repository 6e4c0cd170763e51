import assert from 'node:assert/strict';
import { parse } from '@groundplan/syntax';
import { describe, it } from 'mocha';
import { languageReference } from '../scripts/language-reference.mjs';
import { toYaml } from '../scripts/to-yaml.mjs';
import { topologySchema } from '../src/language.js';
import { diagnose } from './shape/marked.js';

const page = languageReference(topologySchema);

describe('the language reference', () => {
  it('has a section for every key, and speaks of every field', () => {
    for (const key of Object.keys(topologySchema.properties ?? {})) assert.ok(page.includes(`\n## ${key}\n`), key);
    for (const text of [
      '### load_balancers.\\*.bgp.peers',
      '- **`restore_test`** · *word; default `weekly`*',
      '- **`ttl`** · *whole number, 60 to 86400; default `60`*',
      '*location or map*',
      '- **`cidr`** · *range of IPv4 addresses; default: by location',
    ]) {
      assert.ok(page.includes(text), text);
    }
  });

  it('explains the same words once', () => {
    assert.equal(page.split('Falkenstein, Germany (network zone').length - 1, 1);
    assert.ok(page.includes('region. One of `fsn1`, `nbg1`, `hel1`, `ash`, `hil`, `sin`.\n'));
  });

  it('shows YAML that can be read, and whole topologies without a mistake', () => {
    const blocks = [...page.matchAll(/```yaml\n(.*?)```/gs)].map(([, text]) => text ?? '');
    assert.ok(blocks.length > 40);
    for (const text of blocks) {
      const found = text.includes('\nname: ') ? diagnose(text) : parse(text).diagnostics;
      assert.deepEqual(
        found.map(({ message }) => message),
        [],
        text,
      );
    }
  });

  it('leaves nothing undefined', () => {
    assert.doesNotMatch(page, /undefined|\[object/);
  });
});

describe('toYaml', () => {
  for (const [value, expected] of [
    ['5s', '5s'],
    ['10.10.0.0/16', '10.10.0.0/16'],
    ['0644', '"0644"'],
    ['1e5', '"1e5"'],
    ['0x1f', '"0x1f"'],
    ['true', '"true"'],
    ['', '""'],
    ['a: b', '"a: b"'],
    ['*-*-* 04:30', '"*-*-* 04:30"'],
    ['${a}', '"${a}"'],
    ['a\n', '"a\\n"'],
    [[1, 'a', true], '[1, a, true]'],
    [{}, '{}'],
    [{ a: { b: [] } }, '{ a: { b: [] } }'],
  ] as const) {
    it(`${JSON.stringify(value)}: ${expected}`, () => {
      assert.equal(toYaml(value), expected);
    });
  }
});
