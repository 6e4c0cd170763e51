import assert from 'node:assert/strict';
import { survey } from '@groundplan/diagram';
import { describe, it } from 'mocha';
import { modelOf, routes, said, sample } from './support.js';

/** The hosts, volumes and other things whose failure alone leaves users without something until a person acts. */
function singlePoints(text: string): string[] {
  return survey(modelOf(text))
    .filter(({ isSinglePoint, id }) => isSinglePoint && !id.startsWith('tier.'))
    .map(({ id }) => id);
}

describe('single points of failure', () => {
  it('are none in two regions with an arbiter', () => {
    assert.deepEqual(singlePoints(sample('multi-region-galera')), []);
  });

  it('are the region itself in one region', () => {
    assert.deepEqual(singlePoints(sample('smallest')), ['region.fsn1']);
  });

  it('are a balancer without a second one', () => {
    const text = sample('smallest', ['edge: { routes', 'edge: { count: 1, routes']);
    assert.deepEqual(singlePoints(text), ['region.fsn1', 'host.fsn1_lb_edge_1']);
    assert.match(
      said(text, 'host.fsn1_lb_edge_1').join('\n'),
      /^dark node tier\.fsn1\.lb\.edge \| .* answers nobody \| its only balancer is dead, and there is no second one/m,
    );
  });

  it('are an app server without a second one', () => {
    const text = sample('smallest', ['web: { port', 'web: { count: 1, port']);
    assert.deepEqual(singlePoints(text), ['region.fsn1', 'host.fsn1_app_web_1']);
  });

  it('are a database without a standby', () => {
    const text = sample('smallest', ['engine: postgresql', 'engine: postgresql, standby: 0']);
    assert.deepEqual(singlePoints(text), ['region.fsn1', 'host.fsn1_db_main_1', 'volume.fsn1_db_main_1']);
  });

  it('are each of several balancers whose addresses nobody takes out of DNS', () => {
    const text = sample('smallest', ['zone: example.com', 'zone: example.com, failover: { by: none }']);
    assert.deepEqual(singlePoints(text), ['region.fsn1', 'host.fsn1_lb_edge_1', 'host.fsn1_lb_edge_2']);
    assert.match(
      said(text, 'host.fsn1_lb_edge_2')[0] ?? '',
      /^degraded route shop\.example\.com \| about 1 of 2 new requests to shop\.example\.com fail \| .*failover is none: nobody takes the addresses out of DNS \| until a person acts/,
    );
  });

  it('are balancers whose records are not managed', () => {
    const text = sample('smallest', ['provider: cloudflare', 'provider: none']);
    assert.deepEqual(routes(text, 'host.fsn1_lb_edge_1'), ['shop.example.com/ degraded from fsn1 failing 0.5']);
  });

  it('are dead balancers that keep_at_least keeps', () => {
    const text = sample('smallest', ['zone: example.com', 'zone: example.com, failover: { keep_at_least: 2 }']);
    assert.deepEqual(routes(text, 'host.fsn1_lb_edge_1'), ['shop.example.com/ degraded from fsn1 failing 0.5']);
  });

  it('are the database of a region that stays in DNS without it', () => {
    const text = sample('multi-region-galera', ['engine: mariadb\n', 'engine: mariadb\n    on_failure: alert\n']);
    assert.deepEqual(routes(text, 'tier.helsinki.db.main'), [
      'shop.example.com/ degraded from falkenstein failing 0.5',
    ]);
    assert.match(said(text, 'tier.helsinki.db.main').join('\n'), /on_failure: alert keeps the region in DNS/);
  });

  it('are a region that holds the majority of the votes', () => {
    const text = sample(
      'multi-region-galera',
      ['    apps: { web: { count: 2 } }', '    apps: { web: { count: 2 } }\n    databases: { main: { standby: 0 } }'],
      ['    standby: 1 ', '    standby: 2 '],
    );
    assert.deepEqual(singlePoints(text), ['region.falkenstein']);
  });
});

describe('what the next failure would do', () => {
  it('is said when the arbiter is gone', () => {
    assert.match(
      said(sample('multi-region-galera'), 'arbiter').join('\n'),
      /^degraded node tier\.falkenstein\.db\.main \| .* it has 4 of 5 votes, which is a majority; when helsinki or the way to it fails next, it stops as well/m,
    );
  });

  it('comes true when helsinki fails next', () => {
    assert.deepEqual(routes(sample('multi-region-galera'), 'arbiter', 'region.helsinki'), [
      'shop.example.com/ dark failing 1',
    ]);
  });
});

describe('the clock of DNS', () => {
  const galera = (dns: string) =>
    said(sample('multi-region-galera', ['interval: 5s, fall: 3', dns]), 'region.helsinki')[0] ?? '';

  it('follows interval and fall', () => {
    assert.match(galera('interval: 10s, fall: 2'), /records leave DNS in ≤ 32 s, clients are off them in ≤ 92 s/);
  });

  it('follows the TTL', () => {
    const text = sample('multi-region-galera', ['zone: example.com', 'zone: example.com\n  ttl: 90']);
    assert.match(
      said(text, 'region.helsinki')[0] ?? '',
      /records leave DNS in ≤ 22 s, clients are off them in ≤ 112 s/,
    );
  });

  it('asks no client of a proxied name for anything', () => {
    const text = sample('multi-region-galera', ['zone: example.com', 'zone: example.com\n  proxied: true']);
    assert.match(said(text, 'region.helsinki')[0] ?? '', /\| ≤ 22 s, the proxy's addresses stay \|/);
  });

  it('follows the checks of an app', () => {
    const text = sample('single-region', ['interval: 2s, fall: 3', 'interval: 4s, fall: 5']);
    assert.match(said(text, 'host.falkenstein_app_web_1').join('\n'), /\| ≤ 20 s \|.*\| F4$/m);
  });
});
