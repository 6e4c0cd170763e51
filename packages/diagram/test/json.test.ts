import assert from 'node:assert/strict';
import { analyse } from '@groundplan/model';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { arbitraryTopology } from '../../../test/support/arbitrary-topology.js';
import { fail, toJson } from '../src/index.js';
import { modelOf, topology } from './support.js';

interface Read {
  readonly format: number;
  readonly topology: string;
  readonly regions: readonly Record<string, string>[];
  readonly nodes: readonly (Record<string, unknown> & { readonly id: string; readonly parent: string | null })[];
  readonly edges: readonly { readonly kind: string; readonly from: string; readonly to: string }[];
}

function read(text: string): Read {
  return JSON.parse(text) as Read;
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
      fc.property(arbitraryTopology(), (text) => {
        const { nodes, edges } = read(toJson(modelOf(text)));
        const ids = new Set(nodes.map(({ id }) => id));
        assert.equal(ids.size, nodes.length);
        for (const { parent } of nodes) assert.ok(parent === null || ids.has(parent));
        for (const { from, to } of edges) assert.ok(ids.has(from) && ids.has(to), `${from} → ${to}`);
        const keys = edges.map(({ kind, from, to }) => `${kind} ${from} ${to}`);
        assert.equal(new Set(keys).size, keys.length);
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
