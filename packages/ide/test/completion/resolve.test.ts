import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { resolveCompletion } from '../../src/completion/resolve.js';
import { snapshotOf } from '../support/snapshot-of.js';
import { completionsAt, marked } from './support.js';

const cases: readonly (readonly [name: string, source: string, label: string, expected: RegExp])[] = [
  [
    'a key: meaning, type and default',
    'apps: { web: { port: 1, ▮ } }',
    'drain',
    /`drain`[\s\S]*How long a server that stops[\s\S]*`20s`/,
  ],
  ['a key in a list', 'load_balancers: { e: { mode: bgp, bgp: { peers: [{ ▮ }] } } }', 'asn', /`asn`/],
  ['a section', 'topology: v1\n▮', 'apps', /`apps`/],
  ['a word of a list', 'load_balancers: { e: { balance: ▮ } }', 'source', /same server for the same client address/],
  [
    'a server type: sizes and prices everywhere',
    'region: fsn1\napps: { web: { type: ▮ } }',
    'cx33',
    /cx33[\s\S]*8\.49 €/,
  ],
  ['a location', 'region: ▮', 'hel1', /Helsinki[\s\S]*eu-central/],
  [
    'a bucket that is referred to',
    'buckets: { dumps: { location: hel1 } }\ndatabases: { m: { backup: ▮ } }',
    'bucket.dumps',
    /dumps/,
  ],
  ['an output', 'databases: { m: {} }\napps: { a: { env: { U: "${▮}" } } }', 'database.m.url', /postgresql:\/\//],
  [
    'an output as a whole value',
    'databases: { m: {} }\napps: { a: { env: { U: ▮ } } }',
    '${database.m.url}',
    /postgresql:\/\//,
  ],
  ['a fact of the region', 'region: fsn1\napps: { a: { env: { U: "${region.▮}" } } }', 'region.location', /fsn1/],
  ['the bastion', 'load_balancers: { edge: {} }\naccess: { bastion: ▮ }', 'edge', /edge/],
  [
    'a region that is copied to',
    'regions: { a: fsn1, b: hel1 }\nshared_storage: { m: { geo_replication: { from: ▮ } } }',
    'b',
    /hel1/,
  ],
  [
    'what a region overrides',
    'regions: { a: { location: fsn1, apps: { ▮ } } }\napps: { web: { count: 7 } }',
    'web',
    /web/,
  ],
  ['a map', 'load_balancers: { edge: { tls: ▮ } }', '{ … }', /`tls`/],
  [
    'a kind of things',
    'databases: { m: {} }\napps: { a: { env: { U: "${▮}" } } }',
    'database.',
    /`databases`[\s\S]*by name/,
  ],
  ['secrets', 'apps: { a: { env: { U: "${▮}" } } }', 'secret.', /`secrets`/],
  ['the word that ignores a warning', '#▮', 'groundplan-ignore-next-line', /next line that holds something/],
  ['a code', '# groundplan-ignore-next-line ▮', 'dns/ttl-high', /`dns\/ttl-high`[\s\S]*warning/],
  ['a map of names', 'shared_storage: { m: {} }\napps: { a: { mounts: ▮ } }', '{ … }', /^\*\*`mounts`/],
  ['a whole app', 'apps:\n  ▮\n', 'web', /A program on servers of its own/],
];

describe('the documentation of a completion', () => {
  for (const [name, source, label, expected] of cases) {
    it(`is there for ${name}`, () => {
      const item = completionsAt(source).find((each) => each.label === label);
      assert.ok(item, `${label} is proposed`);
      const resolved = resolveCompletion(snapshotOf(marked(source).text), item);
      assert.match(resolved.documentation ?? '', expected);
    });
  }

  it('is the one that the item has, if it has one', () => {
    const source = 'image: ▮';
    const [item] = completionsAt(source);
    assert.ok(item?.documentation !== undefined);
    assert.equal(resolveCompletion(snapshotOf(marked(source).text), item), item);
  });
});
