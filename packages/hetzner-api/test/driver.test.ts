import assert from 'node:assert/strict';
import type { ActionShape, HostDriver } from '@groundplan/hetzner-api';
import { noHosts } from '@groundplan/hetzner-api';
import { describe, it } from 'mocha';
import { type Client, refused, succeeded, withApi } from './support/client.js';
import {
  makeFloatingIp,
  makeNetwork,
  makeServer,
  makeSshKey,
  makeVolume,
  publicKey,
  readServer,
  type ServerCreated,
  smallServer,
} from './support/make.js';

type Call = readonly [keyof HostDriver, string, unknown?];

/** A driver that notes its calls and does nothing. */
function recorder(calls: Call[]): HostDriver {
  const note =
    (name: keyof HostDriver) =>
    (server: { readonly name: string }, what?: { readonly ip?: string; readonly name?: string }): undefined => {
      calls.push(what === undefined ? [name, server.name] : [name, server.name, what.ip ?? what.name]);
    };
  const names = Object.keys(noHosts) as (keyof HostDriver)[];
  return Object.fromEntries(names.map((name) => [name, note(name)])) as unknown as HostDriver;
}

describe('the host driver', () => {
  it('is called for whatever changes a host', async () => {
    const calls: Call[] = [];
    await withApi({ driver: recorder(calls) }, async (client) => {
      const network = await makeNetwork(client);
      const volume = await makeVolume(client);
      const floating = await makeFloatingIp(client);
      const { id } = await makeServer(client, { volumes: [volume.id] });
      const other = await makeServer(client, { name: 'web-1', start_after_create: false });
      const act = (action: string, body: object = {}) => client.post(`/servers/${id}/actions/${action}`, body);
      await act('attach_to_network', { network: network.id });
      await act('change_alias_ips', { network: network.id, alias_ips: ['10.10.1.77'] });
      await act('detach_from_network', { network: network.id });
      await client.post(`/floating_ips/${floating.id}/actions/assign`, { server: id });
      await client.post(`/floating_ips/${floating.id}/actions/assign`, { server: other.id });
      await client.post(`/floating_ips/${floating.id}/actions/unassign`);
      await client.post(`/volumes/${volume.id}/actions/resize`, { size: 20 });
      await client.post(`/volumes/${volume.id}/actions/detach`);
      await client.post(`/volumes/${volume.id}/actions/resize`, { size: 30 });
      await act('reboot');
      await act('reset');
      await act('shutdown');
      await act('poweron');
      await act('rebuild', { image: 'debian-13' });
      await act('poweroff');
      await act('change_type', { server_type: 'cx43', upgrade_disk: true });
      await client.delete(`/servers/${id}`);
    });
    assert.deepEqual(calls, [
      ['create', 'web-0'],
      ['attachVolume', 'web-0', 'data'],
      ['powerOn', 'web-0'],
      ['create', 'web-1'],
      ['attachNetwork', 'web-0', '10.10.1.1'],
      ['changeAliasIps', 'web-0', '10.10.1.1'],
      ['detachNetwork', 'web-0', '10.10.1.1'],
      ['assignFloatingIp', 'web-0', '203.0.113.1'],
      ['unassignFloatingIp', 'web-0', '203.0.113.1'],
      ['assignFloatingIp', 'web-1', '203.0.113.1'],
      ['unassignFloatingIp', 'web-1', '203.0.113.1'],
      ['resizeVolume', 'web-0', 'data'],
      ['detachVolume', 'web-0', 'data'],
      ['shutdown', 'web-0'],
      ['powerOn', 'web-0'],
      ['powerOff', 'web-0'],
      ['powerOn', 'web-0'],
      ['shutdown', 'web-0'],
      ['powerOn', 'web-0'],
      ['delete', 'web-0'],
      ['create', 'web-0'],
      ['powerOn', 'web-0'],
      ['powerOff', 'web-0'],
      ['powerOn', 'web-0'],
      ['delete', 'web-0'],
    ]);
  });

  it('sees the whole server', async () => {
    const seen: unknown[] = [];
    const driver: HostDriver = {
      ...noHosts,
      create: (server) => {
        seen.push(server);
        return undefined;
      },
    };
    await withApi({ driver }, async (client) => {
      await makeSshKey(client);
      const network = await makeNetwork(client);
      const { id } = await makeServer(client, {
        ssh_keys: ['ops'],
        user_data: '#cloud-config\n',
        networks: [network.id],
      });
      assert.equal(seen.length, 1);
      const { project, ...server } = seen[0] as Record<string, unknown>;
      assert.match(String(project), /^project-/);
      assert.deepEqual(server, {
        id,
        name: 'web-0',
        image: 'debian-12',
        cores: 4,
        memory: 8,
        disk: 80,
        location: 'fsn1',
        userData: '#cloud-config\n',
        sshKeys: [publicKey],
        ipv4: '203.0.113.1',
        ipv6: '2001:db8:1::/64',
        networks: [
          {
            id: network.id,
            ipRange: '10.10.0.0/16',
            ip: '10.10.1.1',
            aliasIps: [],
            macAddress: '86:00:00:00:00:01',
          },
        ],
      });
    });
  });

  it('is waited for, one call after the other', async () => {
    const order: string[] = [];
    let finishCreation = (): void => undefined;
    const driver: HostDriver = {
      ...noHosts,
      create: () =>
        new Promise((resolve) => {
          order.push('create');
          finishCreation = resolve;
        }),
      powerOn: async () => {
        order.push('powerOn');
      },
    };
    await withApi({ driver }, async (client) => {
      const created = succeeded(await client.post<ServerCreated>('/servers', smallServer));
      assert.deepEqual([created.action.status, created.server.status], ['running', 'initializing']);
      refused(await client.post(`/servers/${created.server.id}/actions/poweroff`), 423, 'locked');
      assert.deepEqual(order, ['create']);
      finishCreation();
      await untilRunning(client, created.server.id);
      assert.deepEqual(order, ['create', 'powerOn']);
    });
  });

  it('that fails makes the action an error with its reason', async () => {
    const driver: HostDriver = {
      ...noHosts,
      create: async () => Promise.reject(new Error('no memory left')),
      powerOn: () => assert.fail('a host that was not made cannot start'),
    };
    await withApi({ driver }, async (client) => {
      const created = succeeded(await client.post<ServerCreated>('/servers', smallServer));
      // The rejection is seen by the next request.
      const { action } = succeeded(await client.get<{ action: ActionShape }>(`/actions/${created.action.id}`));
      assert.deepEqual([action.status, action.error], ['error', { code: 'action_failed', message: 'no memory left' }]);
      const next = created.next_actions[0]?.id;
      const start = succeeded(await client.get<{ action: ActionShape }>(`/actions/${next}`)).action;
      assert.equal(start.error?.code, 'canceled');
      assert.equal((await readServer(client, created.server.id)).status, 'off');
    });
  });
});

async function untilRunning(client: Client, id: number): Promise<void> {
  for (let attempt = 0; attempt < 100; attempt += 1) {
    if ((await readServer(client, id)).status === 'running') return;
  }
  assert.fail('the server does not run');
}
