import assert from 'node:assert/strict';
import type { ActionShape, ServerShape } from '@groundplan/hetzner-api';
import { describe, it } from 'mocha';
import { type Client, noon, refused, refusedFields, succeeded, withApi } from './support/client.js';
import { makeNetwork, makeVolume, readServer, type ServerCreated, smallServer } from './support/make.js';

const slow = { actionMilliseconds: 1_000 };

async function readAction(client: Client, id: number): Promise<ActionShape> {
  return succeeded(await client.get<{ action: ActionShape }>(`/actions/${id}`)).action;
}

async function create(client: Client, more: object = {}): Promise<ServerCreated> {
  return succeeded(await client.post<ServerCreated>('/servers', { ...smallServer, ...more }), 201);
}

describe('an action', () => {
  it('runs for its time, makes progress and succeeds', async () => {
    await withApi(slow, async (client) => {
      const { action, server } = await create(client);
      assert.deepEqual(action, {
        id: action.id,
        command: 'create_server',
        status: 'running',
        progress: 0,
        started: '2026-11-24T12:00:00+00:00',
        finished: null,
        resources: [{ id: server.id, type: 'server' }],
        error: null,
      });
      client.clock.now = noon + 420;
      assert.equal((await readAction(client, action.id)).progress, 42);
      client.clock.now = noon + 999;
      assert.equal((await readAction(client, action.id)).progress, 99);
      client.clock.now = noon + 1_000;
      const ended = await readAction(client, action.id);
      assert.deepEqual([ended.status, ended.progress, ended.finished], ['success', 100, '2026-11-24T12:00:01+00:00']);
    });
  });

  it('that follows another begins when that one has ended', async () => {
    await withApi(slow, async (client) => {
      const { next_actions, server } = await create(client);
      const [start] = next_actions;
      assert.equal(start?.command, 'start_server');
      const status = async (): Promise<[ServerShape['status'], number]> => [
        (await readServer(client, server.id)).status,
        (await readAction(client, start?.id ?? 0)).progress,
      ];
      assert.deepEqual(await status(), ['initializing', 0]);
      client.clock.now = noon + 1_500;
      assert.deepEqual(await status(), ['starting', 50]);
      client.clock.now = noon + 2_000;
      assert.deepEqual(await status(), ['running', 100]);
    });
  });

  it('locks its server until it is over', async () => {
    await withApi(slow, async (client) => {
      const { server } = await create(client);
      const volume = await makeVolume(client);
      const actions = `/servers/${server.id}/actions`;
      assert.equal(server.locked, true);
      refused(await client.post(`${actions}/poweroff`), 423, 'locked', 'server is locked');
      refused(await client.delete(`/servers/${server.id}`), 423, 'locked');
      client.clock.now += 1_000;
      refused(await client.post(`/volumes/${volume.id}/actions/attach`, { server: server.id }), 423, 'locked');
      client.clock.now += 1_000;
      assert.equal((await readServer(client, server.id)).locked, false);
      succeeded(await client.post(`/volumes/${volume.id}/actions/attach`, { server: server.id }));
      refused(await client.post(`${actions}/poweroff`), 423, 'locked');
      succeeded(await client.post(`${actions}/change_protection`, { delete: true, rebuild: true }));
    });
  });

  it('that changes a network makes other changes of it conflict', async () => {
    await withApi(slow, async (client) => {
      const network = await makeNetwork(client);
      const subnet = { type: 'cloud', network_zone: 'eu-central' };
      succeeded(await client.post(`/networks/${network.id}/actions/add_subnet`, subnet));
      refused(await client.post(`/networks/${network.id}/actions/add_subnet`, subnet), 409, 'conflict');
      refused(await client.put(`/networks/${network.id}`, { name: 'other' }), 409, 'conflict');
      refused(await client.delete(`/networks/${network.id}`), 409, 'conflict');
      client.clock.now += 1_000;
      succeeded(await client.post(`/networks/${network.id}/actions/add_subnet`, subnet));
    });
  });

  it('keeps the addresses of a server that is being deleted until it is gone', async () => {
    await withApi(slow, async (client) => {
      const { server } = await create(client);
      client.clock.now += 2_000;
      const { action } = succeeded(await client.delete<{ action: ActionShape }>(`/servers/${server.id}`), 200);
      assert.equal(action.command, 'delete_server');
      assert.equal((await readServer(client, server.id)).status, 'deleting');
      assert.equal(client.api.snapshot('t'.repeat(64)).primaryIps.length, 2);
      client.clock.now += 1_000;
      refused(await client.get(`/servers/${server.id}`), 404, 'not_found');
      assert.deepEqual(client.api.snapshot('t'.repeat(64)).primaryIps, []);
      assert.equal((await readAction(client, action.id)).status, 'success');
    });
  });

  it('ends within its request when actions take no time', async () => {
    await withApi({}, async (client) => {
      const { action, next_actions, server } = await create(client);
      assert.deepEqual([action.status, next_actions[0]?.status, server.status], ['success', 'success', 'running']);
      assert.equal(server.locked, false);
    });
  });
});

describe('actions', () => {
  it('are listed by id, several at once, sorted', async () => {
    await withApi({}, async (client) => {
      const { action, next_actions } = await create(client);
      const ids = [next_actions[0]?.id, action.id];
      const query = `id=${ids[0]}&id=${ids[1]}&id=99999&sort=status&sort=id`;
      const { actions } = succeeded(await client.get<{ actions: ActionShape[] }>(`/actions?${query}`));
      assert.deepEqual(
        actions.map((one) => one.id),
        [action.id, next_actions[0]?.id],
      );
      const many = Array.from({ length: 60 }, () => `id=${action.id}`).join('&');
      assert.equal(succeeded(await client.get<{ actions: ActionShape[] }>(`/actions?${many}`)).actions.length, 1);
      refused(await client.get('/actions'), 410, 'deprecated_api_endpoint');
      refusedFields(await client.get('/actions?id=x'), 'id');
      refused(await client.get('/actions/99999'), 404, 'not_found');
    });
  });

  it('are listed by family and by resource', async () => {
    await withApi({}, async (client) => {
      const { server, action } = await create(client);
      const volume = await makeVolume(client);
      const commands = async (path: string): Promise<string[]> =>
        succeeded(await client.get<{ actions: ActionShape[] }>(path)).actions.map((one) => one.command);
      assert.deepEqual(await commands('/servers/actions'), ['create_server', 'start_server']);
      assert.deepEqual(await commands('/servers/actions?sort=command:desc'), ['start_server', 'create_server']);
      assert.deepEqual(await commands('/servers/actions?status=error'), []);
      assert.deepEqual(await commands(`/servers/${server.id}/actions`), ['create_server', 'start_server']);
      assert.deepEqual(await commands(`/volumes/${volume.id}/actions`), ['create_volume']);
      succeeded(await client.get(`/servers/actions/${action.id}`));
      succeeded(await client.get(`/servers/${server.id}/actions/${action.id}`));
      refused(await client.get(`/volumes/actions/${action.id}`), 404, 'not_found');
      refused(await client.get(`/servers/99999/actions`), 404, 'not_found');
    });
  });

  it('of one project are not seen by another', async () => {
    await withApi({}, async (client) => {
      const { action } = await create(client);
      refused(await client.as('u'.repeat(64)).get(`/actions/${action.id}`), 404, 'not_found');
    });
  });
});
