import assert from 'node:assert/strict';
import { analyse } from '@groundplan/model';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { visitFields } from '../../scripts/schema-forms.mjs';
import { topologySchema } from '../../src/language.js';
import { fields } from './fields.js';
import { diagnose } from './marked.js';
import { type Data, topologyWith } from './topology-with.js';

/** Lists whose items must differ from each other, by their field. */
const uniqueLists: string[] = [];
visitFields(topologySchema, topologySchema, '', (field, { uniqueItems }) => {
  if (uniqueItems === true) uniqueLists.push(field);
});

describe('a list whose items must differ', () => {
  it('has scalars as its items, the only things that are compared', () => {
    const types = new Map<string, unknown>();
    visitFields(topologySchema, topologySchema, '', (field, { type }) => types.set(field, type));
    assert.deepEqual(
      uniqueLists.map((field) => [field, types.get(`${field}.*`)]),
      [
        'apps.*.packages',
        'shared_storage.*.geo_replication.to',
        'buckets.*.cors',
        'buckets.*.writers',
        'access.ssh_keys',
        'access.ssh_from',
        'secrets.recipients',
      ].map((field) => [field, 'string']),
    );
  });

  it('says of maps and lists in it that they are no text, each once', () => {
    const text = 'buckets:\n  x: { writers: [{ edge: 1 }, { edge: 1 }, [a], [a]] }\n';
    assert.deepEqual(
      diagnose(text).flatMap(({ code }) =>
        code === 'schema/missing-key' || code === 'schema/choose-one' ? [] : [code],
      ),
      ['schema/type', 'schema/type', 'schema/type', 'schema/type'],
    );
  });

  for (const field of uniqueLists) {
    it(`never makes the analysis throw, whatever stands in ${field}`, () => {
      fc.assert(
        fc.property(fc.array(item(), { maxLength: 6 }), (items) => {
          const { diagnostics } = analyse(JSON.stringify(topologyWith(field, items, fields[field]?.beside)));
          const written = items.map((each) => JSON.stringify(each));
          const repeats = items.some(
            (each, at) => typeof each === 'string' && written.indexOf(JSON.stringify(each)) < at,
          );
          const reported = diagnostics.some(({ code }) => code === 'schema/repeated');
          assert.ok(reported || !repeats, `${written.join(', ')} has a repeated text`);
        }),
        { numRuns: 100 },
      );
    });
  }
});

/** Few different keys and words, so that some are equal, and names that objects have of themselves. */
function item(): fc.Arbitrary<Data> {
  const word = fc.constantFrom('a', 'app.web', 'constructor', 'valueOf', 'toString', '__proto__', '');
  const { value } = fc.letrec<{ value: Data }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 2 },
      word,
      fc.constantFrom(1, 0, true, null),
      fc.array(tie('value'), { maxLength: 2 }),
      fc.dictionary(word, tie('value'), { maxKeys: 2 }),
    ),
  }));
  return value;
}
