import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { documentSymbols, namedSymbols, type OutlineSymbol } from '../../src/index.js';
import { snapshotOf } from '../support/snapshot-of.js';

/** A line for each symbol, indented by its depth: its name, kind and detail. */
function outline(text: string): string {
  const lines = (symbols: readonly OutlineSymbol[], depth: number): string[] =>
    symbols.flatMap(({ name, kind, detail, children }) => [
      `${'  '.repeat(depth)}${name} (${kind})${detail === undefined ? '' : ` ${detail}`}`,
      ...lines(children, depth + 1),
    ]);
  return lines(documentSymbols(snapshotOf(text)), 0).join('\n');
}

describe('documentSymbols', () => {
  it('tells servers, counts and values beside the names', () => {
    assert.equal(
      outline(`topology: v1
regions: { a: { location: fsn1 }, b: { location: hel1, apps: { web: { count: 1 } } } }
apps:
  web: { count: 4, type: cx33, run: { container: "acme/shop:1" } }
databases:
  "main": { engine: mariadb, standby: 1, type: ccx13, backup: { to: external.x, encrypt: true } }
access: { ssh_keys: [a.pub, b.pub] }
`),
      `topology (text) v1
regions (namespace) 2
  a (namespace) fsn1
    location (text) fsn1
  b (namespace) hel1
    location (text) hel1
    apps (field)
      web (field)
        count (number) 1
apps (namespace) 1
  web (entity) 5 × cx33
    count (number) 4
    type (text) cx33
    run (field) acme/shop:1
      container (text) acme/shop:1
databases (namespace) 1
  main (entity) mariadb, 4 × ccx13
    engine (text) mariadb
    standby (number) 1
    type (text) ccx13
    backup (field) external.x
      to (text) external.x
      encrypt (boolean) true
access (field)
  ssh_keys (list) a.pub, b.pub`,
    );
  });

  it('names the maps of a list by what they say first', () => {
    assert.equal(
      outline('region: fsn1\nload_balancers: { edge: { bgp: { peers: [{ address: 10.0.0.1, asn: 65000 }, {}] } } }'),
      `region (text) fsn1
load_balancers (namespace) 1
  edge (entity) 2 × cx23
    bgp (field)
      peers (list) 2
        10.0.0.1 (field)
          address (text) 10.0.0.1
          asn (number) 65000
        2 (field)`,
    );
  });

  it('shows what an alias repeats only where it is written', () => {
    assert.equal(
      outline('buckets:\n  a: &a { location: fsn1 }\n  b: *a\n  c: { <<: *a, access: public }\n'),
      `buckets (namespace) 3
  a (entity) fsn1, private
    location (text) fsn1
  b (entity) *a
  c (entity) fsn1, public
    access (text) public`,
    );
  });

  it('works while the text is broken', () => {
    assert.equal(
      outline('region: fsn1\napps:\n  web: { run: { container: a\n  api:\n    port\n    count: 3\nbuckets: {'),
      `region (text) fsn1
apps (namespace) 2
  web (entity) 2 × cx33
    run (field) a
      container (text) a
  api (entity) 3 × cx33
    count (number) 3
buckets (namespace) 0`,
    );
  });

  it('puts every symbol within the one around it, and its name within itself', () => {
    const text = 'a:\n  - b: 1\n    c: [x, { d: e }]\nf: |\n  text\ng:\n"h": \'i\'\n';
    const check = (symbols: readonly OutlineSymbol[], outer: { start: number; end: number }): number =>
      symbols.reduce((count, { span, nameSpan, children }) => {
        assert.ok(outer.start <= span.start && span.end <= outer.end);
        assert.ok(span.start <= nameSpan.start && nameSpan.end <= span.end);
        return count + 1 + check(children, span);
      }, 0);
    assert.equal(check(documentSymbols(snapshotOf(text)), { start: 0, end: text.length }), 9);
  });
});

describe('namedSymbols', () => {
  it('are what has a name of its own, with what it is part of', () => {
    const text = `regions: { north: { location: hel1, apps: { web: { count: 1 } } } }
load_balancers: { edge: { routes: { shop.example.com: app.web, shop.example.com/x: app.web } } }
apps: { web: { env: { A: "\${secret.KEY} \${secret.KEY}" } } }
external: { offsite: { type: sftp } }
`;
    const found = namedSymbols(snapshotOf(text));
    assert.deepEqual(
      found.map(({ name, kind, container, span }) => [name, kind, container, text.slice(span.start, span.end)]),
      [
        ['north', 'namespace', 'regions', 'north'],
        ['edge', 'entity', 'load_balancers', 'edge'],
        ['shop.example.com', 'text', 'routes', 'shop.example.com'],
        ['web', 'entity', 'apps', 'web'],
        ['KEY', 'text', 'secrets', 'KEY'],
        ['offsite', 'entity', 'external', 'offsite'],
      ],
    );
    assert.deepEqual(
      namedSymbols(snapshotOf('region: fsn1\n')).map(({ name, container }) => [name, container]),
      [['fsn1', 'region']],
    );
  });
});
