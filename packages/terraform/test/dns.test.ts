import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { addresses, compileText, type Outcome, resource, topology } from './support.js';

function isDns(address: string): boolean {
  return /zone|dns_record/.test(address);
}

function values(outcome: Outcome, key: string): string[] {
  const { records } = resource(outcome, `hcloud_zone_rrset.${key}`) as { records: { value: string }[] };
  return records.map(({ value }) => value);
}

const twoBalancers = 'load_balancers: { edge: { routes: { example.com: app.web, a.b.example.com/x: app.web } } }';
const pair = `load_balancers:
  edge:
    mode: active-standby
    routes: { example.com: app.web }`;

describe('DNS at Hetzner', () => {
  it('has a set of A and of AAAA for each host name, with every active balancer, left to the checkers', () => {
    const outcome = compileText(topology('dns: { provider: hetzner, zone: example.com, ttl: 90 }', twoBalancers));
    assert.deepEqual(addresses(outcome).filter(isDns), [
      'hcloud_zone_rrset.a_a_b_example_com',
      'hcloud_zone_rrset.a_example_com',
      'hcloud_zone_rrset.aaaa_a_b_example_com',
      'hcloud_zone_rrset.aaaa_example_com',
    ]);
    assert.deepEqual(resource(outcome, 'hcloud_zone_rrset.a_a_b_example_com'), {
      labels: { topology: 'shop' },
      lifecycle: { ignore_changes: ['records'] },
      name: 'a.b',
      records: [
        { value: '${hcloud_primary_ip.fsn1_lb_edge_1_ipv4.ip_address}' },
        { value: '${hcloud_primary_ip.fsn1_lb_edge_2_ipv4.ip_address}' },
      ],
      ttl: 90,
      type: 'A',
      zone: 'example.com',
    });
    assert.equal(resource(outcome, 'hcloud_zone_rrset.aaaa_example_com').name, '@');
    assert.deepEqual(values(outcome, 'aaaa_example_com'), [
      '${cidrhost(hcloud_primary_ip.fsn1_lb_edge_1_ipv6.ip_network, 1)}',
      '${cidrhost(hcloud_primary_ip.fsn1_lb_edge_2_ipv6.ip_network, 1)}',
    ]);
  });

  it('has the address that a pair hands on, and manages it', () => {
    const outcome = compileText(topology(pair));
    assert.deepEqual(values(outcome, 'a_example_com'), ['${hcloud_floating_ip.fsn1_lb_edge_ipv4.ip_address}']);
    assert.deepEqual(values(outcome, 'aaaa_example_com'), [
      '${cidrhost(hcloud_floating_ip.fsn1_lb_edge_ipv6.ip_network, 1)}',
    ]);
    assert.equal('lifecycle' in resource(outcome, 'hcloud_zone_rrset.a_example_com'), false);
  });

  it('has the address that is announced by BGP, and no AAAA', () => {
    const outcome = compileText(
      topology(
        'load_balancers: { edge: { mode: bgp, bgp: { asn: 64512, address: 203.0.113.80/32, peers: [{ address: 192.0.2.1, asn: 64496 }] }, routes: { example.com: app.web } } }',
      ),
    );
    assert.deepEqual(addresses(outcome).filter(isDns), ['hcloud_zone_rrset.a_example_com']);
    assert.deepEqual(values(outcome, 'a_example_com'), ['203.0.113.80']);
  });

  it('leaves out a region in which one of the apps of the name has no servers', () => {
    const outcome = compileText(
      topology(
        'regions: { one: { location: fsn1 }, two: { location: hel1, apps: { web: { count: 0 } } } }',
        'arbiter: { location: nbg1 }',
        'load_balancers: { edge: { count: 1, routes: { shop.example.com: app.web, other.example.com: app.rest } } }',
        'apps: { web: { port: 3000, run: { container: x } }, rest: { port: 3000, run: { container: x } } }',
      ),
    );
    assert.deepEqual(values(outcome, 'a_shop_example_com'), ['${hcloud_primary_ip.one_lb_edge_1_ipv4.ip_address}']);
    assert.deepEqual(values(outcome, 'a_other_example_com'), [
      '${hcloud_primary_ip.one_lb_edge_1_ipv4.ip_address}',
      '${hcloud_primary_ip.two_lb_edge_1_ipv4.ip_address}',
    ]);
  });

  it('makes a zone only where it is told to, and protects it', () => {
    const outcome = compileText(topology('dns: { provider: hetzner, zone: example.com, create: true }'));
    assert.deepEqual(resource(outcome, 'hcloud_zone.zone'), {
      delete_protection: '${!contains(var.unprotected, "example.com") && !contains(var.unprotected, "*")}',
      labels: { topology: 'shop' },
      mode: 'primary',
      name: 'example.com',
    });
    assert.equal(resource(outcome, 'hcloud_zone_rrset.a_shop_example_com').zone, '${hcloud_zone.zone.name}');
  });
});

describe('DNS at Cloudflare', () => {
  const cloudflare = (more: string) => `dns: { provider: cloudflare, zone: example.com${more} }`;

  it('has no records where the checkers publish them', () => {
    const outcome = compileText(topology(cloudflare(''), twoBalancers));
    assert.deepEqual(addresses(outcome).filter(isDns), []);
    assert.equal(outcome.module.data.cloudflare_zone, undefined);
  });

  it('has a record for each address where there are no checkers, under its full name', () => {
    const outcome = compileText(topology(cloudflare(', failover: { by: none }'), twoBalancers));
    assert.deepEqual(addresses(outcome, 'cloudflare_dns_record').slice(0, 2), [
      'cloudflare_dns_record.a_a_b_example_com_fsn1_lb_edge_1',
      'cloudflare_dns_record.a_a_b_example_com_fsn1_lb_edge_2',
    ]);
    assert.equal(addresses(outcome, 'cloudflare_dns_record').length, 8);
    assert.deepEqual(resource(outcome, 'cloudflare_dns_record.aaaa_example_com_fsn1_lb_edge_2'), {
      content: '${cidrhost(hcloud_primary_ip.fsn1_lb_edge_2_ipv6.ip_network, 1)}',
      name: 'example.com',
      proxied: false,
      ttl: 60,
      type: 'AAAA',
      zone_id: '${data.cloudflare_zone.zone.id}',
    });
    assert.deepEqual(outcome.module.data.cloudflare_zone, { zone: { filter: { name: 'example.com' } } });
  });

  it('takes the id of the zone where it is written, and an automatic TTL where names are proxied', () => {
    const id = '023e105f4ecef8ad9ca31a8372d0c353';
    const outcome = compileText(topology(cloudflare(`, zone_id: ${id}, proxied: true`), pair));
    const record = resource(outcome, 'cloudflare_dns_record.a_example_com_fsn1_lb_edge');
    assert.deepEqual([record.zone_id, record.proxied, record.ttl], [id, true, 1]);
    assert.equal(outcome.module.data.cloudflare_zone, undefined);
  });
});

describe('without a DNS provider', () => {
  it('there are no records, and the balancers are in the outputs', () => {
    const outcome = compileText(topology('dns: { provider: none, zone: example.com }'));
    assert.deepEqual(addresses(outcome).filter(isDns), []);
    assert.deepEqual(Object.keys(outcome.module.output.balancers?.value ?? {}), [
      'shop-fsn1-lb-edge-1',
      'shop-fsn1-lb-edge-2',
    ]);
  });
});
