import assert from 'node:assert/strict';
import { analyse } from '@groundplan/model';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { arbitraryTopology } from '../../../test/support/arbitrary-topology.js';
import { fail, failableThings, toJson } from '../src/index.js';
import { modelOf, topology } from './support.js';

interface Read {
  readonly format: number;
  readonly topology: string;
  readonly regions: readonly Record<string, string>[];
  readonly nodes: readonly (Record<string, unknown> & { readonly id: string; readonly parent: string | null })[];
  readonly edges: readonly {
    readonly kind: string;
    readonly from: string;
    readonly to: string;
    readonly labels: readonly string[];
  }[];
}

function read(text: string): Read {
  return JSON.parse(text) as Read;
}

/** Every id stands for one node that is there, and there is one edge of each kind between the same two. */
function assertWhole({ nodes, edges }: Read): void {
  const ids = new Set(nodes.map(({ id }) => id));
  assert.equal(ids.size, nodes.length);
  for (const { parent } of nodes) assert.ok(parent === null || ids.has(parent));
  for (const { from, to } of edges) assert.ok(ids.has(from) && ids.has(to), `${from} → ${to}`);
  const keys = edges.map(({ kind, from, to }) => `${kind} ${from} ${to}`);
  assert.equal(new Set(keys).size, keys.length);
}

describe('toJson', () => {
  it('holds regions, nodes and edges', () => {
    const { format, topology: name, regions, nodes, edges } = read(toJson(modelOf(topology())));
    assert.deepEqual([format, name], [1, 'shop']);
    assert.deepEqual(regions[0], { id: 'region.north', name: 'north', location: 'fsn1', network: '10.10.0.0/16' });
    const host = nodes.find(({ id }) => id === 'host.north_app_web_1');
    assert.deepEqual([host?.kind, host?.parent, host?.failable], ['host', 'tier.north.app.web', true]);
    assert.deepEqual(
      edges.find(({ kind, from }) => kind === 'backup' && from === 'tier.north.db.main'),
      { kind: 'backup', from: 'tier.north.db.main', to: 'bucket.dumps', both: false, labels: [] },
    );
  });

  it('names nothing that it does not hold, and nothing twice, in any topology', () => {
    fc.assert(
      fc.property(arbitraryTopology(), (text) => assertWhole(read(toJson(modelOf(text))))),
      { numRuns: 100 },
    );
  });

  it('names nothing twice where the file does', () => {
    const text = topology({
      load_balancers:
        '{ edge: { routes: { example.com: app.web, www.example.com: app.web, example.com/api: app.shop } } }',
      apps: '{ web: { port: 3000, env: { A: "${database.main.url}", B: "${database.main.host}" } }, shop: { renamed_from: web, port: 3001, env: { A: "${app.web.url}", B: "${database.main.url}" } } }',
      shared_storage: '{ media: { geo_replication: { from: north, to: [south, south] } } }',
    });
    const json = read(toJson(modelOf(text)));
    assertWhole(json);
    assert.deepEqual(
      json.edges.filter(({ from }) => from === 'tier.north.lb.edge').map(({ to, labels }) => [to, labels]),
      [['tier.north.app.web', ['example.com', 'www.example.com']]],
    );
  });

  it('says of exactly what can fail that it can', () => {
    fc.assert(
      fc.property(arbitraryTopology(), (text) => {
        const model = modelOf(text);
        const able = new Set(failableThings(model).map(({ id }) => id));
        for (const { id, failable } of read(toJson(model)).nodes) assert.equal(failable, able.has(id), id);
      }),
      { numRuns: 100 },
    );
  });

  it('keeps ids when things are renamed', () => {
    const ids = (text: string) => read(toJson(modelOf(text))).nodes.map(({ id }) => id);
    const plain = topology({
      load_balancers: '',
      apps: '{ web: { port: 80 } }',
      buckets: '{ a: { location: fsn1 } }',
      databases: '',
    });
    const renamed = topology({
      load_balancers: '',
      apps: '{ shop: { renamed_from: web, port: 80 } }',
      buckets: '{ b: { renamed_from: a, location: fsn1 } }',
      databases: '',
    });
    assert.deepEqual(ids(renamed), ids(plain));
  });

  it('holds states, changes and problems where there are any', () => {
    const { model, diagnostics } = analyse(
      topology({ buckets: '{ files: { location: nowhere }, dumps: { location: nbg1 } }' }),
    );
    const { nodes } = read(
      toJson(model, {
        effect: fail(model, ['arbiter']),
        changes: new Map([['bucket.dumps', 'create']]),
        problems: diagnostics,
      }),
    );
    const of = (id: string) => nodes.find((node) => node.id === id);
    assert.equal(of('arbiter')?.state, 'failed');
    assert.equal(of('bucket.dumps')?.change, 'create');
    assert.deepEqual(of('bucket.files')?.problems, { errors: 1, warnings: 0 });
    assert.ok(!('state' in (of('bucket.files') ?? {})));
  });
});
