import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { refused, refusedFields, succeeded, token, withApi } from './support/client.js';
import {
  makeFirewall,
  makeNetwork,
  makePlacementGroup,
  makePrimaryIp,
  makeServer,
  makeSshKey,
  makeVolume,
  readServer,
  type ServerCreated,
  smallServer,
} from './support/make.js';

describe('a new server', () => {
  it('has two public addresses, runs, and is shown whole', async () => {
    await withApi({}, async (client) => {
      const created = succeeded(await client.post<ServerCreated>('/servers', smallServer), 201);
      const { server } = created;
      assert.equal(server.name, 'web-0');
      assert.equal(server.status, 'running');
      assert.equal(server.created, '2026-11-24T12:00:00+00:00');
      assert.deepEqual(server.public_net, {
        ipv4: {
          id: server.id + 1,
          ip: '203.0.113.1',
          blocked: false,
          dns_ptr: 'static.1.113.0.203.clients.your-server.de',
        },
        ipv6: { id: server.id + 2, ip: '2001:db8:1::/64', blocked: false, dns_ptr: [] },
        floating_ips: [],
        firewalls: [],
      });
      assert.deepEqual(
        [server.server_type.name, server.location.name, server.image?.name],
        ['cx33', 'fsn1', 'debian-12'],
      );
      assert.equal(server.primary_disk_size, 80);
      assert.deepEqual(
        [created.action.command, ...created.next_actions.map((action) => action.command)],
        ['create_server', 'start_server'],
      );
      assert.equal(created.root_password?.length, 20);
      assert.deepEqual(Object.keys(server).sort(), [
        'backup_window',
        'created',
        'id',
        'image',
        'included_traffic',
        'ingoing_traffic',
        'iso',
        'labels',
        'load_balancers',
        'location',
        'locked',
        'name',
        'outgoing_traffic',
        'placement_group',
        'primary_disk_size',
        'private_net',
        'protection',
        'public_net',
        'rescue_enabled',
        'server_type',
        'status',
        'volumes',
      ]);
      assert.deepEqual(await readServer(client, server.id), server);
    });
  });

  it('takes server type, image, location and SSH keys by name or id', async () => {
    await withApi({}, async (client) => {
      const key = await makeSshKey(client);
      const type = (await makeServer(client)).server_type;
      const image = (await readServer(client, client.api.snapshot(token).servers[0]?.id ?? 0)).image;
      const body = {
        name: 'b',
        server_type: type.id,
        image: String(image?.id),
        location: '2',
        ssh_keys: [key.id, 'ops'],
      };
      const created = succeeded(await client.post<ServerCreated>('/servers', body));
      assert.equal(created.server.location.name, 'nbg1');
      assert.equal(created.server.image?.id, image?.id);
      assert.equal(created.root_password, null);
    });
  });

  it('goes where its type can be had if it names no location', async () => {
    await withApi({}, async (client) => {
      const body = { name: 'us', server_type: 'cpx11', image: 'debian-12' };
      assert.equal(succeeded(await client.post<ServerCreated>('/servers', body)).server.location.name, 'ash');
    });
  });

  it('gets everything it names', async () => {
    await withApi({}, async (client) => {
      const network = await makeNetwork(client);
      const group = await makePlacementGroup(client);
      const firewall = await makeFirewall(client);
      const volume = await makeVolume(client);
      const ip = await makePrimaryIp(client);
      const body = {
        ...smallServer,
        networks: [network.id],
        placement_group: group.id,
        firewalls: [{ firewall: firewall.id }],
        volumes: [volume.id],
        public_net: { enable_ipv4: true, enable_ipv6: false, ipv4: ip.id },
        labels: { topology: 'shop' },
        user_data: '#cloud-config\n',
        automount: false,
      };
      const created = succeeded(await client.post<ServerCreated>('/servers', body));
      const { server } = created;
      assert.deepEqual(
        created.next_actions.map((action) => action.command),
        ['attach_volume', 'start_server'],
      );
      assert.equal(server.private_net[0]?.network, network.id);
      assert.equal(server.placement_group?.id, group.id);
      assert.deepEqual(server.public_net.firewalls, [{ id: firewall.id, status: 'applied' }]);
      assert.deepEqual(server.volumes, [volume.id]);
      assert.equal(server.public_net.ipv4?.ip, ip.ip);
      assert.equal(server.public_net.ipv6, null);
      assert.deepEqual(server.labels, { topology: 'shop' });
    });
  });

  it('stays off if it is not to be started', async () => {
    await withApi({}, async (client) => {
      const created = succeeded(
        await client.post<ServerCreated>('/servers', { ...smallServer, start_after_create: false }),
      );
      assert.deepEqual([created.server.status, created.next_actions], ['off', []]);
    });
  });

  it('without any interface is made, but fails to start', async () => {
    await withApi({}, async (client) => {
      const body = { ...smallServer, public_net: { enable_ipv4: false, enable_ipv6: false } };
      const created = succeeded(await client.post<ServerCreated>('/servers', body));
      assert.equal(created.action.status, 'success');
      assert.deepEqual(created.next_actions[0]?.error, {
        code: 'invalid_input',
        message: 'no public or private network interfaces found, cannot start server',
      });
      assert.equal((await readServer(client, created.server.id)).status, 'off');
    });
  });

  it('is refused with every field that is wrong', async () => {
    await withApi({}, async (client) => {
      refusedFields(await client.post('/servers', {}), 'name', 'server_type', 'image');
      refusedFields(await client.post('/servers', { ...smallServer, name: 'under_score' }), 'name');
      refusedFields(await client.post('/servers', { ...smallServer, name: '-dash' }), 'name');
      refusedFields(
        await client.post('/servers', { ...smallServer, labels: { a: '-' }, networks: 'x' }),
        'labels',
        'networks',
      );
      refusedFields(await client.post('/servers', { ...smallServer, datacenter: 'fsn1-dc14' }), 'datacenter');
      refusedFields(await client.post('/servers', { ...smallServer, user_data: 'x'.repeat(32_769) }), 'user_data');
      refusedFields(await client.post('/servers', { ...smallServer, server_type: 'cx9000' }), 'server_type');
      refusedFields(await client.post('/servers', { ...smallServer, image: 'beos' }), 'image');
      refusedFields(await client.post('/servers', { ...smallServer, location: 'moon' }), 'location');
      assert.deepEqual(client.api.snapshot(token).servers, []);
    });
  });

  it('may have user data of 32 KiB, counted in bytes', async () => {
    await withApi({}, async (client) => {
      await makeServer(client, { user_data: 'x'.repeat(32_768) });
      refusedFields(
        await client.post('/servers', { ...smallServer, name: 'b', user_data: 'ä'.repeat(16_385) }),
        'user_data',
      );
    });
  });

  it('has a name of its own', async () => {
    await withApi({}, async (client) => {
      await makeServer(client);
      refused(await client.post('/servers', smallServer), 409, 'uniqueness_error', 'server name is already used');
    });
  });

  it('is only made where its type is sold', async () => {
    await withApi({}, async (client) => {
      const order = (server_type: string, location: string) =>
        client.post<ServerCreated>('/servers', {
          name: `${server_type}-${location}`,
          server_type,
          image: 'debian-12',
          location,
        });
      refused(await order('cx33', 'ash'), 422, 'invalid_input', 'unsupported location for server type');
      refused(await order('cpx11', 'fsn1'), 422, 'invalid_input', 'unsupported location for server type');
      refused(await order('empty', 'fsn1'), 412, 'resource_unavailable', 'error during placement');
      refused(await order('gone', 'fsn1'), 422, 'invalid_input', 'deprecated');
      succeeded(await order('ending', 'fsn1'));
      succeeded(await order('rumoured', 'sin'));
      client.clock.now = Date.UTC(2027, 0, 1);
      refused(await order('ending', 'nbg1'), 422, 'invalid_input', 'deprecated');
    });
  });

  it('gets the image of its architecture by name, and is refused another one by id', async () => {
    await withApi({}, async (client) => {
      const arm = await makeServer(client, { server_type: 'cax11' });
      assert.equal(arm.image?.architecture, 'arm');
      const body = { ...smallServer, name: 'x86', image: arm.image?.id };
      refused(await client.post('/servers', body), 422, 'invalid_input', 'image architecture arm does not fit');
    });
  });

  it('cannot name what does not exist', async () => {
    await withApi({}, async (client) => {
      for (const part of [
        { networks: [1] },
        { volumes: [1] },
        { firewalls: [{ firewall: 1 }] },
        { placement_group: 1 },
        { ssh_keys: ['nobody'] },
      ]) {
        refused(await client.post('/servers', { ...smallServer, ...part }), 404, 'not_found');
      }
      refused(await client.post('/servers', { ...smallServer, public_net: { ipv4: 1 } }), 404, 'primary_ip_not_found');
    });
  });

  it('takes only a primary IP of its kind and location that is free', async () => {
    await withApi({}, async (client) => {
      const ipv6 = await makePrimaryIp(client, { name: 'six', type: 'ipv6' });
      const away = await makePrimaryIp(client, { name: 'away', location: 'hel1' });
      const used = await makePrimaryIp(client, { name: 'used' });
      await makeServer(client, { public_net: { ipv4: used.id } });
      const order = (public_net: object) => client.post('/servers', { ...smallServer, name: 'b', public_net });
      refused(await order({ ipv4: ipv6.id }), 412, 'primary_ip_version_mismatch');
      refused(await order({ ipv4: away.id }), 422, 'primary_ip_datacenter_mismatch');
      refused(await order({ ipv4: used.id }), 422, 'primary_ip_assigned');
      refusedFields(await order({ enable_ipv4: false, ipv4: away.id }), 'public_net.ipv4');
    });
  });

  it('takes only volumes of its location that are free, 16 of them', async () => {
    await withApi({}, async (client) => {
      const away = await makeVolume(client, { name: 'away', location: 'hel1' });
      refused(
        await client.post('/servers', { ...smallServer, volumes: [away.id] }),
        422,
        'invalid_input',
        'same location',
      );
      const volumes: number[] = [];
      for (let index = 0; index < 17; index += 1) volumes.push((await makeVolume(client, { name: `v${index}` })).id);
      refused(await client.post('/servers', { ...smallServer, volumes }), 403, 'resource_limit_exceeded');
      await makeServer(client, { volumes: volumes.slice(0, 16) });
      const again = { ...smallServer, name: 'b', volumes: volumes.slice(0, 1) };
      refused(await client.post('/servers', again), 422, 'volume_already_attached');
    });
  });

  it('takes five firewalls at most, each once, and none without a public interface', async () => {
    await withApi({}, async (client) => {
      const ids: number[] = [];
      for (let index = 0; index < 6; index += 1) ids.push((await makeFirewall(client, { name: `f${index}` })).id);
      const firewalls = ids.map((firewall) => ({ firewall }));
      refused(await client.post('/servers', { ...smallServer, firewalls }), 403, 'resource_limit_exceeded');
      const twice = [firewalls[0], firewalls[0]];
      refused(await client.post('/servers', { ...smallServer, firewalls: twice }), 422, 'server_already_added');
      const hidden = { enable_ipv4: false, enable_ipv6: false };
      const body = { ...smallServer, firewalls: firewalls.slice(0, 1), public_net: hidden };
      refused(await client.post('/servers', body), 422, 'private_net_only_server');
      await makeServer(client, { firewalls: firewalls.slice(0, 5) });
    });
  });

  it('counts against the quotas', async () => {
    await withApi({ quotas: { servers: 1 } }, async (client) => {
      await makeServer(client);
      refused(
        await client.post('/servers', { ...smallServer, name: 'b' }),
        403,
        'resource_limit_exceeded',
        'server limit exceeded',
      );
    });
    await withApi({ quotas: { cores: 7 } }, async (client) => {
      await makeServer(client);
      refused(
        await client.post('/servers', { ...smallServer, name: 'b' }),
        403,
        'resource_limit_exceeded',
        'core limit exceeded',
      );
    });
    await withApi({ quotas: { primaryIps: 1 } }, async (client) => {
      refused(await client.post('/servers', smallServer), 403, 'resource_limit_exceeded', 'Primary IP limit exceeded');
      await makeServer(client, { public_net: { enable_ipv6: false } });
    });
  });

  it('never gets an address that another one had', async () => {
    await withApi({}, async (client) => {
      const seen = new Set<string>();
      for (let index = 0; index < 300; index += 1) {
        const server = await makeServer(client);
        for (const ip of [server.public_net.ipv4?.ip, server.public_net.ipv6?.ip]) {
          assert.ok(ip !== undefined && !seen.has(ip));
          seen.add(ip);
        }
        await client.delete(`/servers/${server.id}`);
      }
      assert.ok(seen.has('203.0.113.254') && seen.has('100.64.0.1'));
    });
  });
});
