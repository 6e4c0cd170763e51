import assert from 'node:assert/strict';
import type { ActionShape, ImageShape, ServerShape } from '@groundplan/hetzner-api';
import { describe, it } from 'mocha';
import {
  type Answer,
  actionSucceeded,
  type Client,
  refused,
  refusedFields,
  succeeded,
  token,
  withApi,
} from './support/client.js';
import {
  makeFirewall,
  makeFloatingIp,
  makeNetwork,
  makePlacementGroup,
  makePrimaryIp,
  makeServer,
  makeSshKey,
  makeStoppedServer,
  makeVolume,
  readServer,
} from './support/make.js';

interface ActionBody {
  readonly action: ActionShape;
  readonly image?: ImageShape;
  readonly root_password?: string | null;
}

const act = (client: Client, id: number, action: string, body: object = {}): Promise<Answer<ActionBody>> =>
  client.post(`/servers/${id}/actions/${action}`, body);

describe('the power of a server', () => {
  for (const [action, command, before, after] of [
    ['poweron', 'start_server', 'off', 'running'],
    ['poweron', 'start_server', 'running', 'running'],
    ['poweroff', 'stop_server', 'running', 'off'],
    ['poweroff', 'stop_server', 'off', 'off'],
    ['shutdown', 'shutdown_server', 'running', 'off'],
    ['reboot', 'reboot_server', 'running', 'running'],
    ['reset', 'reset_server', 'running', 'running'],
  ] as const) {
    it(`goes from ${before} to ${after} with ${action}`, async () => {
      await withApi({}, async (client) => {
        const server = await makeServer(client, { start_after_create: before === 'running' });
        actionSucceeded(succeeded(await act(client, server.id, action), 201), command);
        assert.equal((await readServer(client, server.id)).status, after);
      });
    });
  }

  it('shows what is going on', async () => {
    await withApi({ actionMilliseconds: 1_000 }, async (client) => {
      const server = await makeServer(client);
      client.clock.now += 2_000;
      succeeded(await act(client, server.id, 'shutdown'));
      assert.equal((await readServer(client, server.id)).status, 'stopping');
      client.clock.now += 1_000;
      succeeded(await act(client, server.id, 'poweron'));
      assert.equal((await readServer(client, server.id)).status, 'starting');
    });
  });

  it('cannot be cycled while it is off', async () => {
    await withApi({}, async (client) => {
      const server = await makeStoppedServer(client);
      refused(await act(client, server.id, 'reboot'), 422, 'service_error');
      refused(await act(client, server.id, 'reset'), 422, 'service_error');
      refused(await act(client, 99, 'reboot'), 404, 'not_found', "server with ID '99' not found");
    });
  });
});

describe('the type of a server', () => {
  const change = (client: Client, server: ServerShape, server_type: string, upgrade_disk = true) =>
    act(client, server.id, 'change_type', { server_type, upgrade_disk });

  it('changes while it is off, and starts it again', async () => {
    await withApi({}, async (client) => {
      const server = await makeServer(client);
      refused(await change(client, server, 'cx43'), 422, 'server_not_stopped', 'Server must be offline');
      await act(client, server.id, 'poweroff');
      actionSucceeded(succeeded(await change(client, server, 'cx43')), 'change_server_type');
      const changed = await readServer(client, server.id);
      assert.deepEqual([changed.server_type.name, changed.primary_disk_size, changed.status], ['cx43', 160, 'running']);
    });
  });

  it('can be taken back only if the disk was kept', async () => {
    await withApi({}, async (client) => {
      const server = await makeStoppedServer(client);
      succeeded(await change(client, server, 'cx43', false));
      assert.equal((await readServer(client, server.id)).primary_disk_size, 80);
      await act(client, server.id, 'poweroff');
      succeeded(await change(client, server, 'cx33'));
      await act(client, server.id, 'poweroff');
      succeeded(await change(client, server, 'cx43', true));
      await act(client, server.id, 'poweroff');
      refused(await change(client, server, 'cx33'), 422, 'invalid_server_type', 'disk');
    });
  });

  for (const [type, why] of [
    ['cx33', 'already'],
    ['cax11', 'architecture'],
    ['cpx11', 'location'],
    ['gone', 'deprecated'],
    ['cx23', 'disk'],
  ] as const) {
    it(`cannot become ${type}: ${why}`, async () => {
      await withApi({}, async (client) => {
        const server = await makeStoppedServer(client);
        refused(await change(client, server, type), 422, 'invalid_server_type', why);
      });
    });
  }

  it('must exist', async () => {
    await withApi({}, async (client) => {
      const server = await makeStoppedServer(client);
      refusedFields(await change(client, server, 'cx9000'), 'server_type');
      refusedFields(await act(client, server.id, 'change_type'), 'server_type', 'upgrade_disk');
    });
  });
});

describe('the protection of a server', () => {
  it('is for deletion and rebuild alike, and refuses both', async () => {
    await withApi({}, async (client) => {
      const { id } = await makeServer(client);
      refusedFields(await act(client, id, 'change_protection', { delete: true }), 'rebuild');
      refusedFields(await act(client, id, 'change_protection', { delete: true, rebuild: false }), 'rebuild');
      const on = await act(client, id, 'change_protection', { delete: true, rebuild: true });
      actionSucceeded(succeeded(on), 'change_protection');
      refused(await client.delete(`/servers/${id}`), 423, 'protected', 'server deletion is protected');
      refused(await act(client, id, 'rebuild', { image: 'debian-13' }), 423, 'protected');
      succeeded(await act(client, id, 'change_protection', { delete: false, rebuild: false }));
      succeeded(await client.delete(`/servers/${id}`));
    });
  });
});

describe('a server that is deleted', () => {
  it('leaves everything that was attached to it free', async () => {
    await withApi({}, async (client) => {
      const network = await makeNetwork(client);
      const group = await makePlacementGroup(client);
      const firewall = await makeFirewall(client);
      const kept = await makePrimaryIp(client, { auto_delete: false });
      const going = await makePrimaryIp(client, { name: 'going', type: 'ipv6', auto_delete: true });
      const server = await makeServer(client, {
        networks: [network.id],
        placement_group: group.id,
        firewalls: [{ firewall: firewall.id }],
        public_net: { ipv4: kept.id, ipv6: going.id },
      });
      const volume = await makeVolume(client, { server: server.id, location: undefined });
      const floating = await makeFloatingIp(client, { server: server.id });
      actionSucceeded(succeeded(await client.delete<ActionBody>(`/servers/${server.id}`), 200), 'delete_server');

      const left = client.api.snapshot(token);
      assert.deepEqual(left.servers, []);
      assert.deepEqual(left.networks[0]?.servers, []);
      assert.deepEqual(left.placementGroups[0]?.servers, []);
      assert.deepEqual(left.firewalls[0]?.applied_to, []);
      assert.deepEqual([left.volumes[0]?.id, left.volumes[0]?.server], [volume.id, null]);
      assert.deepEqual([left.floatingIps[0]?.id, left.floatingIps[0]?.server], [floating.id, null]);
      assert.deepEqual(
        left.primaryIps.map((ip) => [ip.id, ip.assignee_id, ip.assignee_type]),
        [[kept.id, null, 'unassigned']],
      );
    });
  });
});

describe('an update of a server', () => {
  it('changes name and labels', async () => {
    await withApi({}, async (client) => {
      const { id } = await makeServer(client, { labels: { a: 'b' } });
      await makeServer(client, { name: 'taken' });
      const update = (body: object) => client.put<{ server: ServerShape }>(`/servers/${id}`, body);
      assert.equal(succeeded(await update({ name: 'new.example.com' })).server.name, 'new.example.com');
      assert.deepEqual(succeeded(await update({ labels: { c: 'd' } })).server.labels, { c: 'd' });
      refused(await update({ name: 'taken' }), 409, 'uniqueness_error', 'server name is already used');
      refusedFields(await update({ name: 'not a hostname' }), 'name');
    });
  });
});

describe('servers', () => {
  it('are found by name, label and status', async () => {
    await withApi({}, async (client) => {
      await makeServer(client, { labels: { topology: 'shop', stateful: 'true' } });
      await makeStoppedServer(client, { name: 'web-1', labels: { topology: 'shop' } });
      const find = async (query: string): Promise<string[]> =>
        succeeded(await client.get<{ servers: ServerShape[] }>(`/servers?${query}`)).servers.map((one) => one.name);
      assert.deepEqual(await find('name=web-1'), ['web-1']);
      assert.deepEqual(await find('label_selector=topology%3Dshop,stateful%3Dtrue'), ['web-0']);
      assert.deepEqual(await find('status=off'), ['web-1']);
      assert.deepEqual(await find('status=off&status=running&sort=name:desc'), ['web-1', 'web-0']);
    });
  });
});

describe('other actions of a server', () => {
  it('rebuild it with another image, keeping its addresses', async () => {
    await withApi({}, async (client) => {
      const server = await makeServer(client);
      const answer = succeeded(await act(client, server.id, 'rebuild', { image: 'debian-13' }));
      actionSucceeded(answer, 'rebuild_server');
      assert.equal(typeof answer.root_password, 'string');
      const rebuilt = await readServer(client, server.id);
      assert.equal(rebuilt.image?.name, 'debian-13');
      assert.deepEqual(rebuilt.public_net, server.public_net);
      refusedFields(await act(client, server.id, 'rebuild', { image: 'beos' }), 'image');
    });
  });

  it('switch backups on and off, with their images', async () => {
    await withApi({}, async (client) => {
      const { id } = await makeServer(client);
      refusedFields(await act(client, id, 'create_image', { type: 'backup' }), 'type');
      actionSucceeded(succeeded(await act(client, id, 'enable_backup')), 'enable_backup');
      assert.equal((await readServer(client, id)).backup_window, '22-02');
      const backup = succeeded(await act(client, id, 'create_image', { type: 'backup' })).image;
      assert.equal(backup?.bound_to, id);
      actionSucceeded(succeeded(await act(client, id, 'disable_backup')), 'disable_backup');
      assert.equal((await readServer(client, id)).backup_window, null);
      assert.deepEqual(client.api.snapshot(token).images, []);
    });
  });

  it('make a snapshot, from which another server is made', async () => {
    await withApi({}, async (client) => {
      const server = await makeServer(client);
      const body = { description: 'before', labels: { a: 'b' } };
      const { image, action } = succeeded(await act(client, server.id, 'create_image', body));
      assert.equal(action.command, 'create_image');
      const read = async () => succeeded(await client.get<{ image: ImageShape }>(`/images/${image?.id}`)).image;
      assert.deepEqual(
        [(await read()).status, (await read()).type, (await read()).os_flavor, (await read()).created_from],
        ['available', 'snapshot', 'debian', { id: server.id, name: 'web-0' }],
      );
      const copy = await makeServer(client, { name: 'copy', image: image?.id });
      assert.equal(copy.image?.id, image?.id);
      refusedFields(await client.post('/servers', { name: 'small', server_type: 'cx23', image: image?.id }), 'image');

      const path = `/images/${image?.id}`;
      const change = await client.post<ActionBody>(`${path}/actions/change_protection`, { delete: true });
      actionSucceeded(succeeded(change), 'change_protection');
      refused(await client.delete(path), 423, 'protected');
      await client.post(`${path}/actions/change_protection`, { delete: false });
      const renamed = succeeded(await client.put<{ image: ImageShape }>(path, { description: 'after' }));
      assert.equal(renamed.image.description, 'after');
      succeeded(await client.delete(path), 204);
      assert.equal((await readServer(client, copy.id)).image, null);
    });
  });

  it('attach and detach an ISO', async () => {
    await withApi({}, async (client) => {
      const { id } = await makeServer(client);
      const iso = 'FreeBSD-11.0-RELEASE-amd64-dvd1';
      actionSucceeded(succeeded(await act(client, id, 'attach_iso', { iso })), 'attach_iso');
      assert.equal((await readServer(client, id)).iso?.name, iso);
      refusedFields(await act(client, id, 'attach_iso', { iso: 'none' }), 'iso');
      actionSucceeded(succeeded(await act(client, id, 'detach_iso')), 'detach_iso');
      assert.equal((await readServer(client, id)).iso, null);
    });
  });

  it('switch the rescue system on and off, and reset the password', async () => {
    await withApi({}, async (client) => {
      const { id } = await makeServer(client);
      const key = await makeSshKey(client);
      const enabled = succeeded(await act(client, id, 'enable_rescue', { type: 'linux64', ssh_keys: [key.id] }));
      actionSucceeded(enabled, 'enable_rescue');
      assert.equal(typeof enabled.root_password, 'string');
      assert.equal((await readServer(client, id)).rescue_enabled, true);
      actionSucceeded(succeeded(await act(client, id, 'disable_rescue')), 'disable_rescue');
      actionSucceeded(succeeded(await act(client, id, 'reset_password')), 'reset_password');
      refused(await act(client, id, 'enable_rescue', { ssh_keys: [1] }), 404, 'not_found');
      await act(client, id, 'poweroff');
      refused(await act(client, id, 'reset_password'), 422, 'service_error');
    });
  });

  it('set reverse names of its own addresses', async () => {
    await withApi({}, async (client) => {
      const server = await makeServer(client);
      const set = (ip: string | undefined, dns_ptr: string | null) =>
        act(client, server.id, 'change_dns_ptr', { ip, dns_ptr });
      actionSucceeded(succeeded(await set(server.public_net.ipv4?.ip, 'web.example.com')), 'change_dns_ptr');
      succeeded(await set('2001:DB8:1:0::1', 'six.example.com'));
      let net = (await readServer(client, server.id)).public_net;
      assert.equal(net.ipv4?.dns_ptr, 'web.example.com');
      assert.deepEqual(net.ipv6?.dns_ptr, [{ ip: '2001:db8:1::1', dns_ptr: 'six.example.com' }]);
      succeeded(await set(server.public_net.ipv4?.ip, null));
      succeeded(await set('2001:db8:1::1', null));
      net = (await readServer(client, server.id)).public_net;
      assert.deepEqual([net.ipv4?.dns_ptr, net.ipv6?.dns_ptr], [server.public_net.ipv4?.dns_ptr, []]);
      refusedFields(await set('203.0.113.99', 'x.example.com'), 'ip');
      refusedFields(await act(client, server.id, 'change_dns_ptr', { ip: '203.0.113.1' }), 'dns_ptr');
    });
  });
});
