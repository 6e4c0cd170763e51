import assert from 'node:assert/strict';
import { catalogue, isCode } from '@groundplan/diagnostics';
import { Ajv } from 'ajv';
import { describe, it } from 'mocha';
import { visitFields } from '../../scripts/schema-forms.mjs';
import { defaults } from '../../src/generated/defaults.js';
import { configSchema, fieldSchema, type SchemaNode, topologySchema } from '../../src/language.js';
import { fields } from './fields.js';
import { diagnose } from './marked.js';
import { type Data, topologyWith } from './topology-with.js';

const ajv = new Ajv({
  strict: true,
  strictTypes: false,
  strictRequired: false,
  keywords: ['x-groundplan', 'markdownEnumDescriptions', 'patternErrorMessage'],
});

describe('the schemas', () => {
  for (const [name, schema] of [
    ['topology.v1', topologySchema],
    ['config.v1', configSchema],
  ] as const) {
    it(`${name} is a schema of draft-07 without unknown keywords`, () => {
      assert.equal(ajv.validateSchema(schema), true, ajv.errorsText());
      ajv.compile(schema);
    });
  }

  it('keep to the two types that need a union, and to alternatives of presence alone', () => {
    everyNode(topologySchema, (node, path) => {
      for (const alternative of node.oneOf ?? []) assert.deepEqual(Object.keys(alternative), ['required'], path);
      if (Array.isArray(node.type) && node.type.includes('object'))
        assert.deepEqual(node.type, ['string', 'object'], path);
    });
  });
});

describe('each field of the schema', () => {
  const all: [string, SchemaNode][] = [];
  visitFields(topologySchema, topologySchema, '', (field, node) => all.push([field, node]));

  it('has a title, and a description unless it is one item', () => {
    for (const [field, node] of all) {
      assert.ok(node.title, `${field} has no title`);
      if (!field.endsWith('.*')) assert.match(node.description ?? '', /\.$/, `${field} has no description`);
    }
  });

  it('has an example, unless it is a truth value, an item or a map whose keys have some', () => {
    for (const [field, node] of all) {
      if (node.type === 'object' || node.type === 'boolean' || node.enum !== undefined || field.endsWith('.*'))
        continue;
      assert.ok((node.examples ?? []).length > 0, `${field} has no example`);
    }
  });

  it('has examples that the language takes', () => {
    for (const [field, node] of all) {
      for (const example of node.examples ?? []) {
        const topology = topologyWith(field, example as Data, fields[field]?.beside ?? {});
        assert.deepEqual(messages(topology), [], `${field}: ${JSON.stringify(example)}`);
      }
    }
  });

  it('has a default that the language takes', () => {
    for (const [field, value] of Object.entries(defaults)) {
      const topology = topologyWith(field, value as Data, fields[field]?.beside ?? {});
      assert.deepEqual(messages(topology), [], `${field}: ${JSON.stringify(value)}`);
    }
  });

  it('explains every word that it takes', () => {
    everyNode(topologySchema, (node, path) => {
      if (node.enum === undefined || path.includes('/if/')) return;
      assert.equal(node.markdownEnumDescriptions?.length, node.enum.length, path);
    });
  });

  it('says what it expects where it has a pattern that nothing else reports', () => {
    everyNode(topologySchema, (node, path) => {
      const { reference, code, expected } = node['x-groundplan'] ?? {};
      const isElsewhere = reference !== undefined || (code !== undefined && !code.startsWith('schema/'));
      if (node.pattern === undefined || isElsewhere || path.endsWith('/not')) return;
      assert.match(expected ?? node.patternErrorMessage ?? '', /^(expected|at most) \S/, path);
    });
  });

  it('speaks of codes that the catalogue has', () => {
    everyNode(topologySchema, (node, path) => {
      const code = node['x-groundplan']?.code;
      assert.ok(code === undefined || isCode(code), `${path}: ${code} is none of ${Object.keys(catalogue).join(', ')}`);
    });
  });
});

describe('fieldSchema', () => {
  it('finds a field by names or by stars', () => {
    assert.equal(fieldSchema(['apps', 'web', 'drain'])?.title, 'Drain');
    assert.equal(fieldSchema(['apps', '*', 'drain'])?.default, '20s');
  });

  it('follows references, and prefers what stands beside them', () => {
    const keepFull = fieldSchema(['databases', 'main', 'backup', 'alert_if_older_than']);
    assert.equal(keepFull?.title, 'Age that alerts');
    assert.equal(keepFull?.type, 'string');
  });

  it('takes a step for the items of a list', () => {
    assert.equal(fieldSchema(['load_balancers', 'edge', 'bgp', 'peers', '0', 'asn'])?.type, 'integer');
  });

  it('gives nothing for what the language does not have', () => {
    assert.equal(fieldSchema(['apps', 'web', 'constructor']), undefined);
    assert.equal(fieldSchema(['toString']), undefined);
  });
});

function messages(topology: Data): string[] {
  return diagnose(JSON.stringify(topology)).map(({ code, message }) => `${code} ${message}`);
}

/** Visits every node of a schema, also those inside keywords that combine nodes. */
function everyNode(node: SchemaNode, visit: (node: SchemaNode, path: string) => void, path = '#'): void {
  visit(node, path);
  for (const [name, child] of Object.entries({ ...node.properties, ...node.definitions }))
    everyNode(child, visit, `${path}/${name}`);
  for (const key of ['additionalProperties', 'items', 'propertyNames', 'not', 'if', 'then'] as const) {
    const child = node[key];
    if (typeof child === 'object') everyNode(child, visit, `${path}/${key}`);
  }
  for (const key of ['allOf', 'anyOf', 'oneOf'] as const) {
    for (const [index, child] of (node[key] ?? []).entries()) everyNode(child, visit, `${path}/${key}/${index}`);
  }
}
