import assert from 'node:assert/strict';
import { analyse } from '@groundplan/model';
import { childSchema, fieldSchema, type SchemaNode, topologySchema } from '@groundplan/model/language';
import { type Node, parse } from '@groundplan/syntax';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { visitFields } from '../packages/model/scripts/schema-forms.mjs';
import { arbitraryTopology } from './support/arbitrary-topology.js';

/** What a topology that the generator makes may still be refused for: names whose combination clashes by chance. */
const byChance = ['region/address-clash', 'name/host-clash', 'name/first-name-taken'];

describe('arbitrary topologies', () => {
  it('are within the language and accepted, but for names that clash by chance', () => {
    fc.assert(
      fc.property(arbitraryTopology(), (text) => {
        const errors = analyse(text).diagnostics.filter(
          ({ severity, code }) => severity === 'error' && !byChance.includes(code),
        );
        assert.deepEqual(
          errors.map(({ code, message }) => `${code} ${message}`),
          [],
        );
      }),
      { numRuns: 200 },
    );
  });

  it('use every field of the language', () => {
    const used = new Set<string>();
    for (const text of fc.sample(arbitraryTopology(), { numRuns: 400, seed: 7 })) {
      const { root } = parse(text).value;
      if (root !== undefined) collect(root, topologySchema, '', used);
    }
    const all: string[] = [];
    visitFields(topologySchema, topologySchema, '', (field) => all.push(field));
    assert.deepEqual(
      all.filter((field) => !used.has(field)),
      [],
    );
  });

  it('keep to their bounds', () => {
    for (const text of fc.sample(arbitraryTopology({ regions: 1, entities: 1 }), { numRuns: 50, seed: 7 })) {
      const { model } = analyse(text);
      assert.equal(model.regions.length, 1);
      assert.ok(model.apps.length <= 1 && model.databases.length <= 1);
    }
  });
});

/** Adds the fields that are written in a node, as the schema calls them. */
function collect(node: Node, schema: SchemaNode, path: string, used: Set<string>): void {
  const children: (readonly [string, Node])[] =
    node.kind === 'mapping'
      ? node.entries.map(({ key, value }) => [key, value] as const)
      : node.kind === 'sequence'
        ? node.items.map((item) => ['*', item] as const)
        : [];
  for (const [key, value] of children) {
    const child = childSchema(schema, key);
    if (child === undefined) continue;
    const step = schema.properties !== undefined && Object.hasOwn(schema.properties, key) ? key : '*';
    const field = path === '' ? step : `${path}.${step}`;
    assert.equal(fieldSchema(field.split('.'))?.title, child.title);
    used.add(field);
    collect(value, child, field, used);
  }
}
