import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { addresses, compileText, resource, topology } from './support.js';

const withDatabase = topology(
  'databases: { main: { engine: postgresql, volume: { size: 40GB }, backup: bucket.dumps } }',
  'buckets: { dumps: { location: hel1 } }',
);

describe('servers', () => {
  const outcome = compileText(withDatabase);

  it('of an app are expendable: shut down before they go, without protection or an address of their own', () => {
    const { user_data, ...server } = resource(outcome, 'hcloud_server.fsn1_app_web_1');
    assert.match(String(user_data), /^#cloud-config\n/);
    assert.deepEqual(server, {
      depends_on: ['hcloud_network_subnet.fsn1'],
      firewall_ids: ['${hcloud_firewall.app.id}'],
      image: 'debian-12',
      keep_disk: true,
      labels: {
        entity: 'web',
        host: 'fsn1_app_web_1',
        ordinal: '1',
        region: 'fsn1',
        tier: 'app',
        topology: 'shop',
      },
      lifecycle: { ignore_changes: ['image', 'location', 'ssh_keys', 'user_data'] },
      location: 'fsn1',
      name: 'shop-fsn1-app-web-1',
      network: [{ alias_ips: [], ip: '10.10.123.2', network_id: '${hcloud_network.fsn1.id}' }],
      placement_group_id: '${hcloud_placement_group.fsn1_app_web_1.id}',
      public_net: [{ ipv4_enabled: true, ipv6_enabled: true }],
      server_type: 'cx33',
      shutdown_before_deletion: true,
      ssh_keys: '${local.ssh_key_ids}',
    });
  });

  it('with data are protected while nobody says otherwise, are not shut down, and keep their address', () => {
    const server = resource(outcome, 'hcloud_server.fsn1_db_main_2');
    const isProtected = '${!contains(var.unprotected, "shop-fsn1-db-main-2") && !contains(var.unprotected, "*")}';
    assert.equal(server.delete_protection, isProtected);
    assert.equal(server.rebuild_protection, isProtected);
    assert.equal('shutdown_before_deletion' in server, false);
    assert.deepEqual(server.public_net, [
      {
        ipv4: '${hcloud_primary_ip.fsn1_db_main_2_ipv4.id}',
        ipv4_enabled: true,
        ipv6: '${hcloud_primary_ip.fsn1_db_main_2_ipv6.id}',
        ipv6_enabled: true,
      },
    ]);
    assert.equal((server.labels as Record<string, string>).stateful, 'true');
    assert.deepEqual(resource(outcome, 'hcloud_primary_ip.fsn1_db_main_2_ipv4'), {
      auto_delete: false,
      labels: server.labels,
      lifecycle: { ignore_changes: ['location'] },
      location: 'fsn1',
      name: 'shop-fsn1-db-main-2-ipv4',
      type: 'ipv4',
    });
  });

  it('with data have their volume, as protected as they are, which the host itself formats and mounts', () => {
    assert.deepEqual(resource(outcome, 'hcloud_volume.fsn1_db_main_1'), {
      delete_protection: '${!contains(var.unprotected, "shop-fsn1-db-main-1") && !contains(var.unprotected, "*")}',
      labels: resource(outcome, 'hcloud_server.fsn1_db_main_1').labels,
      lifecycle: { ignore_changes: ['location'] },
      location: 'fsn1',
      name: 'shop-fsn1-db-main-1',
      size: 40,
    });
    assert.deepEqual(resource(outcome, 'hcloud_volume_attachment.fsn1_db_main_1'), {
      automount: false,
      server_id: '${hcloud_server.fsn1_db_main_1.id}',
      volume_id: '${hcloud_volume.fsn1_db_main_1.id}',
    });
  });

  it('carry the labels of the user, but never instead of those that the guard goes by', () => {
    const labelled = compileText(`${withDatabase}\nlabels: { team: a, host: mine, stateful: "false" }`);
    const { labels } = resource(labelled, 'hcloud_server.fsn1_db_main_1') as { labels: Record<string, string> };
    assert.deepEqual([labels.team, labels.host, labels.stateful], ['a', 'fsn1_db_main_1', 'true']);
  });

  it('are spread over machines in groups of ten by ordinal', () => {
    const many = compileText(topology('apps: { web: { count: 21, port: 3000, run: { container: x } } }'));
    assert.deepEqual(addresses(many, 'hcloud_placement_group'), [
      'hcloud_placement_group.fsn1_app_web_1',
      'hcloud_placement_group.fsn1_app_web_2',
      'hcloud_placement_group.fsn1_app_web_3',
      'hcloud_placement_group.fsn1_lb_edge_1',
    ]);
    const groupOf = (ordinal: number) => resource(many, `hcloud_server.fsn1_app_web_${ordinal}`).placement_group_id;
    assert.deepEqual(
      [1, 10, 11, 20, 21].map(groupOf),
      [1, 1, 2, 2, 3].map((group) => `\${hcloud_placement_group.fsn1_app_web_${group}.id}`),
    );
  });

  it('are in the one network of their region, all of which is one subnet in the zone of the location', () => {
    const outcome = compileText(
      topology(
        'regions: { east: { location: ash }, west: { location: hil, cidr: 10.9.0.0/18 } }',
        'arbiter: { location: fsn1 }',
      ),
    );
    assert.deepEqual(
      Object.entries(outcome.module.resource.hcloud_network ?? {}).map(([key, { name, ip_range }]) => [
        key,
        name,
        ip_range,
      ]),
      [
        ['arbiter_network', 'shop-arbiter', '10.250.0.0/24'],
        ['east', 'shop-east', '10.40.0.0/16'],
        ['west', 'shop-west', '10.9.0.0/18'],
      ],
    );
    assert.deepEqual(
      Object.entries(outcome.module.resource.hcloud_network_subnet ?? {}).map(([key, subnet]) => [
        key,
        subnet.network_zone,
      ]),
      [
        ['arbiter_network', 'eu-central'],
        ['east', 'us-east'],
        ['west', 'us-west'],
      ],
    );
    const [network] = resource(outcome, 'hcloud_server.arbiter').network as { network_id: string }[];
    assert.equal(network?.network_id, '${hcloud_network.arbiter_network.id}');
  });
});
