import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { compileText, topology } from './support.js';

const ipv4 = (key: string) => `\${hcloud_primary_ip.${key}_ipv4.ip_address}`;
const ipv6 = (key: string) => `\${cidrhost(hcloud_primary_ip.${key}_ipv6.ip_network, 1)}`;

describe('outputs', () => {
  const { output } = compileText(
    topology(
      'regions: { one: { location: fsn1 }, two: { location: hel1 } }',
      'arbiter: { location: nbg1 }',
      'load_balancers: { edge: { count: 1, tls: { mode: acme, email: a@example.com }, routes: { shop.example.com: app.web } } }',
      'apps: { web: { count: 1, port: 3000, run: { container: x } } }',
      'databases: { main: { engine: mariadb, standby: 1, port: 3307, backup: bucket.dumps } }',
      'buckets: { dumps: { name: shop-dumps, location: nbg1 } }',
    ),
  ).module;

  it('say how to reach the system and its parts', () => {
    assert.deepEqual(output.urls?.value, { 'shop.example.com': 'https://shop.example.com/' });
    assert.deepEqual(output.balancers?.value, {
      'shop-one-lb-edge-1': { ipv4: ipv4('one_lb_edge_1'), ipv6: ipv6('one_lb_edge_1'), private: '10.10.128.242' },
      'shop-two-lb-edge-1': { ipv4: ipv4('two_lb_edge_1'), ipv6: ipv6('two_lb_edge_1'), private: '10.30.128.242' },
    });
    assert.deepEqual(output.databases?.value, {
      main: {
        addresses: { one: ['10.10.199.146', '10.10.199.147'], two: ['10.30.199.146', '10.30.199.147'] },
        port: 3307,
      },
    });
    assert.deepEqual(output.buckets?.value, {
      dumps: {
        endpoint: 'https://nbg1.your-objectstorage.com',
        name: 'shop-dumps',
        url: 'https://shop-dumps.nbg1.your-objectstorage.com',
      },
    });
  });

  it('say how to log in: through a bastion of the same region, to the arbiter over public addresses', () => {
    const value = output.ssh?.value ?? {};
    assert.equal(value['shop-two-lb-edge-1'], `ssh root@${ipv4('two_lb_edge_1')}`);
    assert.equal(value['shop-two-app-web-1'], `ssh -J root@${ipv4('two_lb_edge_1')} root@10.30.123.2`);
    assert.equal(value['shop-arbiter'], `ssh -J root@${ipv4('one_lb_edge_1')} root@${ipv4('arbiter')}`);
    assert.equal(Object.keys(value).length, 9);
  });

  it('leave out what would be empty', () => {
    assert.deepEqual(Object.keys(compileText(topology()).module.output), ['balancers', 'ssh', 'urls']);
  });

  it('name the address of a pair', () => {
    const { module } = compileText(
      topology('load_balancers: { edge: { mode: active-standby, routes: { shop.example.com: app.web } } }'),
    );
    assert.deepEqual(module.output.floating_addresses?.value, {
      'fsn1-edge': {
        ipv4: '${hcloud_floating_ip.fsn1_lb_edge_ipv4.ip_address}',
        ipv6: '${cidrhost(hcloud_floating_ip.fsn1_lb_edge_ipv6.ip_network, 1)}',
      },
    });
    assert.deepEqual(module.output.urls?.value, { 'shop.example.com': 'http://shop.example.com/' });
  });
});
