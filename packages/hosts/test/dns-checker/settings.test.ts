import assert from 'node:assert/strict';
import type { Settings } from '@groundplan/dns-checker';
import { bundleOf } from '@groundplan/hosts/bundle';
import { analyse, type Host, type Model } from '@groundplan/model';
import { describe, it } from 'mocha';
import { sampleText } from '../../../../test/support/compile-text.js';
import { fileOf } from '../bundle/stage.js';

function hostOf(model: Model, key: string): Host {
  const host = model.hosts.find((candidate) => candidate.key === key);
  assert.ok(host, `there is no ${key}`);
  return host;
}

function filesOf(text: string, key: string): (path: string) => string {
  const { model } = analyse(text);
  const bundle = bundleOf(model, hostOf(model, key));
  assert.ok(bundle);
  return (path) => fileOf(bundle, path);
}

function settingsOf(text: string, key: string): Settings {
  return JSON.parse(filesOf(text, key)('/etc/groundplan/dns-checker.json'));
}

const shop = (balancers: string, dns = 'provider: hetzner, zone: example.com') => `topology: v1
name: shop
region: fsn1
dns: { ${dns} }
load_balancers: { ${balancers} }
apps: { web: { port: 3000, run: { container: x } }, api: { port: 3001, run: { container: y } } }
access: { ssh_keys: [ops.pub], ssh_from: [198.51.100.0/24] }
`;

const public1 = { a: '203.0.113.7', aaaa: '2001:db8::7' };
const floating = { a: '203.0.113.9', aaaa: '2001:db8::9' };

describe('the settings of a DNS checker', () => {
  it('are the whole of what it is told', () => {
    assert.deepEqual(settingsOf(sampleText('smallest'), 'fsn1_lb_edge_1'), {
      topology: 'shop',
      self: 'shop-fsn1-lb-edge-1',
      interval: 5,
      fall: 3,
      rise: 6,
      keep_at_least: 1,
      listen: { address: '::', port: 7053 },
      voters: [
        { name: 'shop-fsn1-lb-edge-1', site: 'shop-fsn1-lb-edge-1', address: '10.10.128.242', publishes: true },
        { name: 'shop-fsn1-lb-edge-2', site: 'shop-fsn1-lb-edge-2', address: '10.10.128.243', publishes: true },
        { name: 'shop-fsn1-db-main-1', site: 'shop-fsn1-db-main-1', address: '10.10.199.146', publishes: false },
      ],
      services: [
        {
          names: ['shop.example.com'],
          protocol: 'http',
          port: 80,
          targets: [
            { name: 'shop-fsn1-lb-edge-1', ...public1 },
            { name: 'shop-fsn1-lb-edge-2', ...public1 },
          ],
        },
      ],
      dns: {
        provider: 'cloudflare',
        api: 'https://api.cloudflare.com/client/v4',
        zone: 'example.com',
        ttl: 60,
        proxied: false,
      },
    } satisfies Settings);
  });

  it('ask once for names that the same apps answer, over HTTPS where users come by it', () => {
    const { services } = settingsOf(
      shop(`edge: { tls: { mode: acme, email: a@example.com }, routes: {
        www.example.com: app.web, shop.example.com: app.web, shop.example.com/api: app.api, example.com: app.web } }`),
      'fsn1_lb_edge_1',
    );
    assert.deepEqual(
      services.map(({ names, protocol, port }) => ({ names, protocol, port })),
      [
        { names: ['example.com', 'www.example.com'], protocol: 'https', port: 443 },
        { names: ['shop.example.com'], protocol: 'https', port: 443 },
      ],
    );
  });

  it('have the address that a pair hands on beside those of other balancers', () => {
    const { services } = settingsOf(
      shop(`edge: { routes: { shop.example.com: app.web } },
        staff: { mode: active-standby, routes: { staff.example.com: app.web } }`),
      'fsn1_lb_edge_1',
    );
    assert.deepEqual(
      services.map(({ names, targets }) => [names[0], ...targets.map(({ name }) => name)]),
      [
        ['shop.example.com', 'shop-fsn1-lb-edge-1', 'shop-fsn1-lb-edge-2'],
        ['staff.example.com', 'staff in fsn1'],
      ],
    );
    assert.deepEqual(services[1]?.targets[0], { name: 'staff in fsn1', ...floating });
  });

  it('reach the other hosts of a region by private addresses, and those elsewhere by public ones', () => {
    const addresses = (key: string) =>
      settingsOf(sampleText('multi-region-galera'), key).voters.map(({ address }) => address);
    const here = ['10.10.128.242', '10.10.128.243'];
    assert.deepEqual(addresses('falkenstein_lb_edge_1'), [...here, '203.0.113.7', '203.0.113.7', '203.0.113.7']);
    assert.deepEqual(addresses('arbiter'), Array(5).fill('203.0.113.7'));
  });

  it('name the zone by its id where the topology does', () => {
    const dns = 'provider: cloudflare, zone: example.com, zone_id: 023e105f4ecef8ad9ca31a8372d0c353, proxied: true';
    const settings = settingsOf(shop('edge: { routes: { shop.example.com: app.web } }', dns), 'fsn1_lb_edge_1');
    assert.deepEqual(settings.dns, {
      provider: 'cloudflare',
      api: 'https://api.cloudflare.com/client/v4',
      zone: 'example.com',
      zone_id: '023e105f4ecef8ad9ca31a8372d0c353',
      ttl: 60,
      proxied: true,
    });
  });
});

describe('the DNS checker of a host', () => {
  const file = filesOf(sampleText('multi-region-galera'), 'falkenstein_lb_edge_1');

  it('is told what others see on a port that nobody else comes by', () => {
    const rules = file('/etc/nftables.conf')
      .split('\n')
      .filter((line) => line.includes('7053'))
      .map((line) => line.trim());
    assert.deepEqual(rules, [
      'ip saddr { 10.10.128.240/28 } tcp dport 7053 accept comment "views of the DNS checkers"',
      'ip saddr { 203.0.113.7, 203.0.113.7, 203.0.113.7 } tcp dport 7053 accept comment "views of the DNS checkers elsewhere"',
    ]);
  });

  it('is given its secrets by systemd, and runs as a user that owns nothing', () => {
    const unit = file('/etc/systemd/system/groundplan-dns-checker.service');
    assert.match(unit, /^LoadCredential=key:\/etc\/groundplan\/dns-checker-key$/m);
    assert.match(unit, /^LoadCredential=token:\/etc\/groundplan\/dns-token$/m);
    assert.match(unit, /^DynamicUser=yes$/m);
  });

  it('has the token of its DNS provider', () => {
    const { model } = analyse(sampleText('multi-region-galera'));
    const bundle = bundleOf(model, hostOf(model, 'falkenstein_lb_edge_1'));
    const token = bundle?.files.find(({ path }) => path === '/etc/groundplan/dns-token');
    assert.deepEqual([token?.mode, token?.content], ['0600', [{ secret: 'cloudflare_api_token' }, '\n']]);
  });
});
