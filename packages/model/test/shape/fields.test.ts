import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { visitFields } from '../../scripts/schema-forms.mjs';
import { validateTopology } from '../../src/generated/validate-topology.js';
import { topologySchema } from '../../src/language.js';
import { fields } from './fields.js';
import { diagnose } from './marked.js';
import { type Data, topologyWith } from './topology-with.js';

describe('each field of the language', () => {
  it('is in the table below', () => {
    const known: string[] = [];
    visitFields(topologySchema, topologySchema, '', (field) => known.push(field));
    assert.deepEqual(Object.keys(fields), known);
  });

  for (const [field, { right, wrong, beside }] of Object.entries(fields)) {
    describe(field, () => {
      for (const value of right) {
        it(`takes ${JSON.stringify(value)}`, () => assert.deepEqual(shown(topologyWith(field, value, beside)), []));
      }
      for (const [value, code] of wrong) {
        it(`does not take ${JSON.stringify(value)}: ${code}`, () => {
          const topology = topologyWith(field, value, beside);
          assert.equal(validateTopology(topology), false, 'any JSON Schema validator would refuse it');
          assert.deepEqual(shown(topology), code.startsWith('schema/') ? [code] : []);
        });
      }
    });
  }
});

/** The codes that the shape check gives for a topology; JSON is YAML. */
function shown(topology: Data): string[] {
  return diagnose(JSON.stringify(topology, null, 2)).map(({ code }) => code);
}
