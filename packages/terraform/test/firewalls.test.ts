import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { compileText, type Outcome, resource, topology } from './support.js';

/** What a firewall lets in, one line for each rule: `tcp 22 from 198.51.100.0/24`. */
function letsIn(outcome: Outcome, key: string): string[] {
  const { rule } = resource(outcome, `hcloud_firewall.${key}`) as {
    rule: { direction: string; protocol: string; port?: string; source_ips: string[] }[];
  };
  return rule.map(({ direction, protocol, port, source_ips }) => {
    assert.equal(direction, 'in');
    return `${protocol}${port === undefined ? '' : ` ${port}`} from ${source_ips.join(' ')}`;
  });
}

const anyone = '0.0.0.0/0 ::/0';

const twoRegions = topology(
  'regions: { falkenstein: { location: fsn1 }, helsinki: { location: hel1 } }',
  'arbiter: { location: nbg1 }',
  'databases: { main: { engine: mariadb, standby: 0, backup: bucket.dumps } }',
  'buckets: { dumps: { location: nbg1 } }',
);

describe('firewalls', () => {
  it('let HTTP to balancers and nothing but ICMP to app servers', () => {
    const outcome = compileText(topology());
    assert.deepEqual(letsIn(outcome, 'lb'), [`icmp from ${anyone}`, `tcp 80 from ${anyone}`, `tcp 443 from ${anyone}`]);
    assert.deepEqual(letsIn(outcome, 'app'), [`icmp from ${anyone}`]);
  });

  it('let SSH from the allow list to the hosts of the bastion only', () => {
    const outcome = compileText(
      topology(
        'load_balancers: { edge: { routes: { shop.example.com: app.web } }, back: { count: 2, routes: { b.example.com: app.web } } }',
        'access: { ssh_keys: [keys/ops.pub], ssh_from: [198.51.100.0/24, "2001:db8::/32"], bastion: edge }',
      ),
    );
    assert.deepEqual(letsIn(outcome, 'bastion'), ['tcp 22 from 198.51.100.0/24 2001:db8::/32']);
    const withBastion = Object.entries(outcome.module.resource.hcloud_server ?? {})
      .filter(([, { firewall_ids }]) => (firewall_ids as string[]).includes('${hcloud_firewall.bastion.id}'))
      .map(([key]) => key);
    assert.deepEqual(withBastion, ['fsn1_lb_edge_1', 'fsn1_lb_edge_2']);
  });

  it('let the tunnel from its members to its members, the checkers to each other, and SSH from the bastion to the arbiter', () => {
    const outcome = compileText(twoRegions);
    const address = (key: string) => `\${hcloud_primary_ip.${key}_ipv4.ip_address}/32`;
    const members = ['arbiter', 'falkenstein_db_main_1', 'helsinki_db_main_1'].map(address).join(' ');
    const bastions = ['falkenstein_lb_edge_1', 'falkenstein_lb_edge_2', 'helsinki_lb_edge_1', 'helsinki_lb_edge_2'];
    const checkers = `tcp 7053 from ${[...bastions, 'arbiter'].map(address).join(' ')}`;
    const tunnel = [`tcp 655 from ${members}`, `udp 655 from ${members}`];
    assert.deepEqual(letsIn(outcome, 'db'), [`icmp from ${anyone}`, ...tunnel]);
    assert.deepEqual(letsIn(outcome, 'arbiter'), [
      `icmp from ${anyone}`,
      ...tunnel,
      checkers,
      `tcp 22 from ${bastions.map(address).join(' ')}`,
    ]);
    assert.deepEqual(letsIn(outcome, 'lb').slice(3), [checkers]);
    assert.deepEqual(letsIn(outcome, 'app'), [`icmp from ${anyone}`]);
  });

  it('open no tunnel where nothing crosses regions', () => {
    const outcome = compileText(
      topology(
        'databases: { main: { engine: postgresql, backup: bucket.dumps } }',
        'buckets: { dumps: { location: hel1 } }',
      ),
    );
    assert.deepEqual(letsIn(outcome, 'db'), [`icmp from ${anyone}`]);
  });

  it('divide long lists: Hetzner takes a hundred addresses in a rule', () => {
    const ranges = Array.from({ length: 150 }, (_, index) => `198.51.100.${index}/32`);
    const outcome = compileText(topology(`access: { ssh_keys: [keys/ops.pub], ssh_from: [${ranges.join(', ')}] }`));
    assert.deepEqual(letsIn(outcome, 'bastion'), [
      `tcp 22 from ${ranges.slice(0, 100).join(' ')}`,
      `tcp 22 from ${ranges.slice(100).join(' ')}`,
    ]);
  });
});
