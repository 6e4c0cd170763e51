import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { networkConfig, privateNicFile } from '../src/host/network-config.js';
import { ruleset } from '../src/network/cuts.js';
import {
  gatewayOf,
  leadCommand,
  linkLocalOf,
  plugCommands,
  privateDevice,
  publicGateway,
  publicMacOf,
  unleadCommand,
} from '../src/network/segment-commands.js';

const plug = { port: 'h7', nic: { namespace: 'gp-1-web-7', device: 'eth0', macAddress: '96:00:00:00:00:07' } };

describe('the cable of a host', () => {
  it('ends at the gateway that every server of Hetzner has', () => {
    assert.deepEqual(plugCommands(plug, publicGateway, undefined), [
      'link add h7 type veth peer name eth0 address 96:00:00:00:00:07 netns gp-1-web-7',
      'address add 172.31.1.1/32 dev h7',
      'address add fe80::1/64 dev h7 nodad',
      'link set h7 up',
    ]);
  });

  it('is narrower in a private network, whose gateway is its first address', () => {
    const [first, second, ...rest] = plugCommands(plug, { ipv4: gatewayOf('10.10.0.0/16'), ipv6: undefined }, 1450);
    assert.equal(
      first,
      'link add h7 mtu 1450 type veth peer name eth0 address 96:00:00:00:00:07 mtu 1450 netns gp-1-web-7',
    );
    assert.equal(second, 'address add 10.10.0.1/32 dev h7');
    assert.deepEqual(rest, ['link set h7 up']);
  });

  it('leads addresses to the host: IPv4 to the interface, an IPv6 network to what the interface calls itself', () => {
    assert.equal(leadCommand('203.0.113.7', plug), 'route replace 203.0.113.7/32 dev h7');
    assert.equal(leadCommand('2001:db8:1::/64', plug), 'route replace 2001:db8:1::/64 via fe80::9400:ff:fe00:7 dev h7');
    assert.equal(unleadCommand('203.0.113.7', plug), 'route delete 203.0.113.7/32 dev h7');
    assert.equal(unleadCommand('2001:db8:1::/64', plug), 'route delete 2001:db8:1::/64 dev h7');
  });

  it('has addresses and names as Hetzner gives them', () => {
    assert.equal(publicMacOf(10_036), '96:00:00:00:27:34');
    assert.equal(publicMacOf(0xfedcba98), '96:00:fe:dc:ba:98');
    assert.equal(linkLocalOf('86:00:00:00:12:fe'), 'fe80::8400:ff:fe00:12fe');
    assert.deepEqual([0, 1].map(privateDevice), ['enp7s0', 'enp8s0']);
  });
});

describe('cuts', () => {
  it('are all the rules there are', () => {
    const rules = ruleset([
      { kind: 'between', ports: ['h1', 'h2'] },
      { kind: 'between', ports: ['h2', 'h1'] },
      { kind: 'around', port: 'h3' },
    ]);
    assert.match(rules, /elements = \{ "h1" \. "h2", "h2" \. "h1" \}/);
    assert.match(rules, /elements = \{ "h3" \}/);
  });

  it('drop nothing where there are none', () => {
    assert.ok(!ruleset([]).includes('elements'));
  });
});

describe('the network configuration of a host', () => {
  it('has the public addresses and ways out', () => {
    const config = networkConfig({ ipv4: '203.0.113.7', ipv6: '2001:db8:1::/64' }, ['198.51.100.53']);
    assert.deepEqual(JSON.parse(config), {
      version: 2,
      ethernets: {
        eth0: {
          addresses: ['203.0.113.7/32', '2001:db8:1::1/64'],
          routes: [
            { to: '0.0.0.0/0', via: '172.31.1.1', 'on-link': true },
            { to: '::/0', via: 'fe80::1', 'on-link': true },
          ],
          'accept-ra': false,
          'link-local': ['ipv6'],
          nameservers: { addresses: ['198.51.100.53'] },
        },
      },
    });
  });

  it('has no IPv6 where there is none, and no interface for a server that is in private networks alone', () => {
    const { ethernets } = JSON.parse(networkConfig({ ipv4: '203.0.113.7', ipv6: undefined }, []));
    assert.deepEqual(ethernets.eth0.addresses, ['203.0.113.7/32']);
    assert.equal(ethernets.eth0.routes.length, 1);
    assert.deepEqual(JSON.parse(networkConfig(undefined, [])), { version: 2, ethernets: {} });
  });

  it('gives a private interface its address alone, and the network through the gateway', () => {
    const { path, content } = privateNicFile({
      device: 'enp7s0',
      ip: '10.10.1.7',
      ipRange: '10.10.0.0/16',
      gateway: '10.10.0.1',
    });
    assert.equal(path, '/etc/systemd/network/50-private-enp7s0.network');
    assert.match(content, /^Address=10\.10\.1\.7\/32$/m);
    assert.match(content, /^Destination=10\.10\.0\.0\/16\nGateway=10\.10\.0\.1\nGatewayOnLink=yes$/m);
  });
});
