import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { ApiError } from '../src/http/errors.js';
import { parseLabelSelector } from '../src/query/label-selector.js';
import { refusedFields, withApi } from './support/client.js';
import { makePlacementGroup } from './support/make.js';

/** Names of the label sets that a selector matches. */
function matching(selector: string): string[] {
  const matches = parseLabelSelector(selector);
  const sets: Record<string, Record<string, string>> = {
    production: { env: 'production', tier: 'app' },
    staging: { env: 'staging' },
    bare: {},
    empty: { env: '' },
    prefixed: { 'example.com/env': 'production' },
  };
  return Object.keys(sets).filter((name) => matches(sets[name] ?? {}));
}

const cases: Record<string, string[]> = {
  '': ['production', 'staging', 'bare', 'empty', 'prefixed'],
  'env=production': ['production'],
  'env==production': ['production'],
  'env = production': ['production'],
  'env!=production': ['staging', 'bare', 'empty', 'prefixed'],
  env: ['production', 'staging', 'empty'],
  '!env': ['bare', 'prefixed'],
  'env=': ['empty'],
  'env in (production,staging)': ['production', 'staging'],
  'env in ( production , staging )': ['production', 'staging'],
  'env notin (production, staging)': ['bare', 'empty', 'prefixed'],
  'env=production,tier=app': ['production'],
  'env, !tier': ['staging', 'empty'],
  'env in (production,staging),tier': ['production'],
  'example.com/env=production': ['prefixed'],
};

describe('a label selector', () => {
  for (const [selector, expected] of Object.entries(cases)) {
    it(`'${selector}' matches ${expected.join(', ')}`, () => assert.deepEqual(matching(selector), expected));
  }

  for (const selector of [
    '=',
    'env=a=b',
    'env in production',
    'env in (a',
    'a,,b',
    'env!',
    '!',
    '-x=1',
    'env=-',
    'a b',
  ]) {
    it(`'${selector}' is refused`, () => {
      assert.throws(
        () => parseLabelSelector(selector),
        (error) => error instanceof ApiError && error.status === 422,
      );
    });
  }

  it('takes any text without an exception but a refusal', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'ab=!,() ni.-/\u0000') }), (text) => {
        try {
          parseLabelSelector(text)({ a: 'b' });
        } catch (error) {
          assert.ok(error instanceof ApiError);
        }
      }),
    );
  });

  it('agrees with a plain comparison on every label', () => {
    const word = fc.stringMatching(/^[a-z]{1,4}$/);
    fc.assert(
      fc.property(fc.dictionary(word, word), word, word, (labels, key, value) => {
        assert.equal(parseLabelSelector(`${key}=${value}`)(labels), labels[key] === value);
        assert.equal(parseLabelSelector(`${key}!=${value}`)(labels), labels[key] !== value);
        assert.equal(parseLabelSelector(`!${key}`)(labels), !Object.hasOwn(labels, key));
      }),
    );
  });

  it('is refused over HTTP as invalid input', async () => {
    await withApi({}, async (client) => {
      await makePlacementGroup(client);
      refusedFields(
        await client.get(`/placement_groups?label_selector=${encodeURIComponent('a b')}`),
        'label_selector',
      );
    });
  });
});

describe('labels', () => {
  const good = [{ env: 'production' }, { 'just-a-key': '' }, { 'example.com/my': 'label' }, { ['a'.repeat(63)]: 'b' }];
  const bad = [
    { '': 'x' },
    { '-a': 'x' },
    { a: '-x' },
    { a: 'x'.repeat(64) },
    { ['a'.repeat(64)]: 'x' },
    { 'hetzner.cloud/x': 'y' },
    { 'a/b/c': 'x' },
    { a: 1 },
    'text',
  ];

  it('are taken when they are valid', async () => {
    await withApi({}, async (client) => {
      for (const [index, labels] of good.entries()) {
        const answer = await client.post('/placement_groups', { name: `g${index}`, type: 'spread', labels });
        assert.equal(answer.status, 201, JSON.stringify(labels));
      }
    });
  });

  it('are refused when they are not', async () => {
    await withApi({}, async (client) => {
      for (const labels of bad) {
        refusedFields(await client.post('/placement_groups', { name: 'g', type: 'spread', labels }), 'labels');
      }
    });
  });
});
