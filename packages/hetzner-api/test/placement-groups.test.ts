import assert from 'node:assert/strict';
import type { PlacementGroupShape } from '@groundplan/hetzner-api';
import { describe, it } from 'mocha';
import { actionSucceeded, type Client, refused, refusedFields, succeeded, withApi } from './support/client.js';
import { makePlacementGroup, makeServer, makeStoppedServer, readServer, smallServer } from './support/make.js';

async function members(client: Client, id: number): Promise<readonly number[]> {
  const body = succeeded(await client.get<{ placement_group: PlacementGroupShape }>(`/placement_groups/${id}`));
  return body.placement_group.servers;
}

describe('a placement group', () => {
  it('is shown with its servers', async () => {
    await withApi({}, async (client) => {
      const group = await makePlacementGroup(client);
      assert.deepEqual(group, {
        id: group.id,
        name: 'spread',
        labels: {},
        type: 'spread',
        created: '2026-11-24T12:00:00+00:00',
        servers: [],
      });
      const server = await makeServer(client, { placement_group: group.id });
      assert.deepEqual(await members(client, group.id), [server.id]);
      assert.deepEqual(server.placement_group?.servers, [server.id]);
    });
  });

  it('holds ten servers', async () => {
    await withApi({}, async (client) => {
      const group = await makePlacementGroup(client);
      for (let index = 0; index < 10; index += 1) {
        await makeServer(client, { name: `web-${index}`, placement_group: group.id });
      }
      const eleventh = { ...smallServer, name: 'web-10', placement_group: group.id };
      refused(
        await client.post('/servers', eleventh),
        422,
        'placement_group_member_limit_reached',
        `placement group with ID ${group.id} contains already 10 servers`,
      );
    });
  });

  it('is one of 50 at most', async () => {
    await withApi({}, async (client) => {
      for (let index = 0; index < 50; index += 1) await makePlacementGroup(client, `group-${index}`);
      const more = await client.post('/placement_groups', { name: 'one-more', type: 'spread' });
      refused(more, 403, 'resource_limit_exceeded', 'placement group limit exceeded');
    });
  });

  it('is of type spread, with a name of its own', async () => {
    await withApi({}, async (client) => {
      refusedFields(await client.post('/placement_groups', { name: 'x', type: 'pack' }), 'type');
      const group = await makePlacementGroup(client);
      await makePlacementGroup(client, 'other');
      refused(await client.post('/placement_groups', { name: 'other', type: 'spread' }), 409, 'uniqueness_error');
      refused(await client.put(`/placement_groups/${group.id}`, { name: 'other' }), 409, 'uniqueness_error');
      succeeded(await client.put(`/placement_groups/${group.id}`, { name: 'spread', labels: { a: '' } }));
    });
  });

  it('is joined and left by a server, joined only while it is off', async () => {
    await withApi({}, async (client) => {
      const group = await makePlacementGroup(client);
      const running = await makeServer(client);
      const stopped = await makeStoppedServer(client, { name: 'web-1' });
      const join = (id: number) =>
        client.post<never>(`/servers/${id}/actions/add_to_placement_group`, { placement_group: group.id });
      refused(await join(running.id), 422, 'server_not_stopped');
      actionSucceeded(succeeded(await join(stopped.id)), 'add_to_placement_group');
      assert.deepEqual(await members(client, group.id), [stopped.id]);
      refused(await join(stopped.id), 422, 'already_in_placement_group');
      const left = await client.post<never>(`/servers/${stopped.id}/actions/remove_from_placement_group`);
      actionSucceeded(succeeded(left), 'remove_from_placement_group');
      assert.deepEqual(await members(client, group.id), []);
      refused(await client.post(`/servers/${stopped.id}/actions/remove_from_placement_group`), 422, 'service_error');
    });
  });

  it('is deleted without its servers', async () => {
    await withApi({}, async (client) => {
      const group = await makePlacementGroup(client);
      const server = await makeServer(client, { placement_group: group.id });
      succeeded(await client.delete(`/placement_groups/${group.id}`), 204);
      assert.equal((await readServer(client, server.id)).placement_group, null);
    });
  });
});
