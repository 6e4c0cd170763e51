import assert from 'node:assert/strict';
import { indexLines, offsetAt } from '@groundplan/diagnostics';
import { describe, it } from 'mocha';
import { compileText, type Outcome, topology, tracedAddresses } from './support.js';

const text = topology(
  'regions: { one: { location: fsn1 }, two: { location: hel1, apps: { web: { count: 1 } } } }',
  'arbiter: { location: nbg1 }',
  'dns: { provider: hetzner, zone: example.com, create: true }',
  'load_balancers: { edge: { mode: active-standby, routes: { shop.example.com: app.web, shop.example.com/api: app.web } } }',
  'apps: { web: { count: 3, port: 3000, run: { container: x } }, idle: { port: 1, run: { container: x } } }',
  'databases: { main: { engine: mariadb, volume: { size: 50GB }, backup: bucket.dumps } }',
  'buckets: { dumps: { location: nbg1, versioning: true }, pub: { location: hel1, access: public, cors: ["*"], writers: [app.web] } }',
);

/** The field and the marked text of an address. */
function traced({ trace }: Outcome, address: string): string {
  const place = trace.addresses[address];
  assert.ok(place, `${address} is not in the trace`);
  const lines = indexLines(text);
  return `${place.path} | ${text.slice(offsetAt(lines, place.start), offsetAt(lines, place.end))}`;
}

describe('trace', () => {
  const outcome = compileText(text);

  it('has every address, and no other', () => {
    assert.deepEqual(Object.keys(outcome.trace.addresses), tracedAddresses(outcome));
    assert.equal(outcome.trace.format, 1);
    assert.equal(outcome.trace.topology, 'topology.yaml');
    assert.deepEqual(outcome.trace.files, {});
  });

  it('leads to the place that a person would change', () => {
    const places: Record<string, string> = {
      'hcloud_server.one_app_web_3': 'apps.web.count | 3',
      'hcloud_server.two_app_web_1': 'regions.two.apps.web.count | 1',
      'hcloud_server.one_app_idle_2': 'apps.idle | idle',
      'hcloud_server.arbiter': 'arbiter | arbiter',
      'hcloud_network.two': 'regions.two | two',
      'hcloud_network_subnet.arbiter_network': 'arbiter | arbiter',
      'hcloud_placement_group.one_db_main_1': 'databases.main | main',
      'hcloud_volume.two_db_main_1': 'databases.main.volume.size | 50GB',
      'hcloud_floating_ip.one_lb_edge_ipv6': 'load_balancers.edge.mode | active-standby',
      'hcloud_zone.zone': 'dns.create | true',
      'hcloud_zone_rrset.a_shop_example_com': 'load_balancers.edge.routes.shop.example.com | shop.example.com',
      'hcloud_ssh_key.keys_ops': 'access.ssh_keys.0 | keys/ops.pub',
      'minio_s3_bucket.dumps': 'buckets.dumps | dumps',
      'minio_s3_bucket_versioning.dumps': 'buckets.dumps.versioning | true',
      'minio_s3_bucket_policy.pub': 'buckets.pub.access | public',
      'minio_s3_bucket_cors.pub': 'buckets.pub.cors | "*"',
      'terraform_data.guard': 'name | shop',
    };
    for (const [address, expected] of Object.entries(places)) assert.equal(traced(outcome, address), expected, address);
  });
});
