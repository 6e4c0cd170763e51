import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { addresses, compileText, resource, topology } from './support.js';

describe('floating IPs', () => {
  const outcome = compileText(
    topology('load_balancers: { edge: { mode: active-standby, routes: { shop.example.com: app.web } } }'),
  );

  it('go to the first balancer once, are then moved by the balancers alone, and cannot be deleted by accident', () => {
    assert.deepEqual(resource(outcome, 'hcloud_floating_ip.fsn1_lb_edge_ipv4'), {
      delete_protection: '${!contains(var.unprotected, "shop-fsn1-lb-edge-ipv4") && !contains(var.unprotected, "*")}',
      description: 'Held by one of the balancers edge in fsn1',
      home_location: 'fsn1',
      labels: { entity: 'edge', region: 'fsn1', tier: 'lb', topology: 'shop' },
      lifecycle: { ignore_changes: ['home_location', 'server_id'] },
      name: 'shop-fsn1-lb-edge-ipv4',
      server_id: '${hcloud_server.fsn1_lb_edge_1.id}',
      type: 'ipv4',
    });
  });

  it('are given one after the other, since a server is locked meanwhile', () => {
    const { depends_on } = resource(outcome, 'hcloud_floating_ip.fsn1_lb_edge_ipv6');
    assert.deepEqual(depends_on, ['hcloud_floating_ip.fsn1_lb_edge_ipv4']);
  });

  it('are there for pairs only', () => {
    assert.deepEqual(addresses(compileText(topology()), 'hcloud_floating_ip'), []);
  });
});
