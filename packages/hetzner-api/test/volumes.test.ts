import assert from 'node:assert/strict';
import type { ActionShape, VolumeShape } from '@groundplan/hetzner-api';
import { describe, it } from 'mocha';
import {
  type Answer,
  actionSucceeded,
  type Client,
  refused,
  refusedFields,
  succeeded,
  withApi,
} from './support/client.js';
import { makeServer, makeVolume } from './support/make.js';

interface VolumeCreated {
  readonly volume: VolumeShape;
  readonly action: ActionShape;
  readonly next_actions: readonly ActionShape[];
}

const act = (client: Client, id: number, action: string, body: object = {}): Promise<Answer<{ action: ActionShape }>> =>
  client.post(`/volumes/${id}/actions/${action}`, body);

async function read(client: Client, id: number): Promise<VolumeShape> {
  return succeeded(await client.get<{ volume: VolumeShape }>(`/volumes/${id}`)).volume;
}

const order = { name: 'data', size: 10, location: 'fsn1' };

describe('a volume', () => {
  it('is made and shown', async () => {
    await withApi({ actionMilliseconds: 1_000 }, async (client) => {
      const body = { ...order, format: 'ext4', labels: { topology: 'shop' } };
      const created = succeeded(await client.post<VolumeCreated>('/volumes', body), 201);
      assert.deepEqual([created.action.command, created.next_actions], ['create_volume', []]);
      assert.equal(created.volume.status, 'creating');
      client.clock.now += 1_000;
      const volume = await read(client, created.volume.id);
      assert.deepEqual(volume, {
        id: volume.id,
        name: 'data',
        server: null,
        status: 'available',
        location: volume.location,
        size: 10,
        format: 'ext4',
        linux_device: `/dev/disk/by-id/scsi-0HC_Volume_${volume.id}`,
        protection: { delete: false },
        labels: { topology: 'shop' },
        created: '2026-11-24T12:00:00+00:00',
      });
      assert.equal(volume.location.name, 'fsn1');
    });
  });

  it('is made with a server and attached to it', async () => {
    await withApi({}, async (client) => {
      const server = await makeServer(client);
      const body = { name: 'data', size: 10, server: server.id, automount: true };
      const created = succeeded(await client.post<VolumeCreated>('/volumes', body));
      assert.deepEqual(
        created.next_actions.map((action) => [action.command, action.status]),
        [['attach_volume', 'success']],
      );
      assert.deepEqual([created.volume.server, created.volume.location.name], [server.id, 'fsn1']);
    });
  });

  for (const [body, fields] of [
    [{ ...order, size: 9 }, ['size']],
    [{ ...order, size: 10_241 }, ['size']],
    [{ ...order, size: 10.5 }, ['size']],
    [{ ...order, name: '-x' }, ['name']],
    [{ ...order, name: 'x'.repeat(65) }, ['name']],
    [{ ...order, format: 'ntfs' }, ['format']],
    [{ ...order, location: 'moon' }, ['location']],
    [{ name: 'data', size: 10 }, ['location']],
    [{ ...order, automount: true }, ['automount']],
  ] as const) {
    it(`is refused as ${JSON.stringify(body).slice(0, 80)}`, async () => {
      await withApi({}, async (client) => {
        refusedFields(await client.post('/volumes', body), ...fields);
      });
    });
  }

  it('may be 10 GB to 10 TB', async () => {
    await withApi({}, async (client) => {
      await makeVolume(client, { size: 10 });
      await makeVolume(client, { name: 'large', size: 10_240 });
    });
  });

  it('has a name of its own and counts against the quotas', async () => {
    await withApi({ quotas: { volumes: 2, volumeSize: 100 } }, async (client) => {
      await makeVolume(client);
      refused(await client.post('/volumes', order), 409, 'uniqueness_error');
      const large = { ...order, name: 'large', size: 91 };
      refused(await client.post('/volumes', large), 403, 'resource_limit_exceeded', 'volume size limit exceeded');
      await makeVolume(client, { name: 'second' });
      refused(await client.post('/volumes', { ...order, name: 'third' }), 403, 'resource_limit_exceeded');
    });
  });

  it('is attached to one server of its location, and detached', async () => {
    await withApi({}, async (client) => {
      const server = await makeServer(client);
      const away = await makeServer(client, { name: 'away', location: 'hel1' });
      const { id } = await makeVolume(client);
      refused(await act(client, id, 'detach'), 422, 'service_error');
      refused(await act(client, id, 'attach', { server: away.id }), 422, 'invalid_input', 'same location');
      refused(await act(client, id, 'attach', { server: 1 }), 404, 'not_found');
      const answer = succeeded(await act(client, id, 'attach', { server: server.id, automount: false }), 201);
      actionSucceeded(answer, 'attach_volume');
      assert.equal((await read(client, id)).server, server.id);
      refused(await act(client, id, 'attach', { server: server.id }), 422, 'volume_already_attached');
      actionSucceeded(succeeded(await act(client, id, 'detach')), 'detach_volume');
      assert.equal((await read(client, id)).server, null);
    });
  });

  it('is one of 16 on a server', async () => {
    await withApi({}, async (client) => {
      const server = await makeServer(client);
      for (let index = 0; index < 16; index += 1) {
        await makeVolume(client, { name: `v${index}`, server: server.id, location: undefined });
      }
      const { id } = await makeVolume(client);
      refused(await act(client, id, 'attach', { server: server.id }), 403, 'resource_limit_exceeded');
      const body = { name: 'more', size: 10, server: server.id };
      refused(await client.post('/volumes', body), 403, 'resource_limit_exceeded');
    });
  });

  it('only grows', async () => {
    await withApi({}, async (client) => {
      const { id } = await makeVolume(client, { size: 20 });
      refusedFields(await act(client, id, 'resize', { size: 20 }), 'size');
      refusedFields(await act(client, id, 'resize', { size: 10 }), 'size');
      refusedFields(await act(client, id, 'resize', { size: 10_241 }), 'size');
      actionSucceeded(succeeded(await act(client, id, 'resize', { size: 21 })), 'resize_volume');
      assert.equal((await read(client, id)).size, 21);
    });
  });

  it('is deleted once it is detached and not protected', async () => {
    await withApi({}, async (client) => {
      const server = await makeServer(client);
      const { id } = await makeVolume(client, { server: server.id, location: undefined });
      refused(await client.delete(`/volumes/${id}`), 422, 'service_error', `volume with ID '${id}' is still attached`);
      await act(client, id, 'detach');
      actionSucceeded(succeeded(await act(client, id, 'change_protection', { delete: true })), 'change_protection');
      refused(await client.delete(`/volumes/${id}`), 423, 'protected', 'volume deletion is protected');
      await act(client, id, 'change_protection', { delete: false });
      succeeded(await client.delete(`/volumes/${id}`), 204);
    });
  });

  it('is renamed, labelled and found', async () => {
    await withApi({}, async (client) => {
      const { id } = await makeVolume(client);
      const { volume } = succeeded(
        await client.put<{ volume: VolumeShape }>(`/volumes/${id}`, { name: 'main', labels: { a: 'b' } }),
      );
      assert.deepEqual([volume.name, volume.labels], ['main', { a: 'b' }]);
      const find = async (query: string): Promise<number> =>
        succeeded(await client.get<{ volumes: VolumeShape[] }>(`/volumes?${query}`)).volumes.length;
      assert.deepEqual([await find('status=available'), await find('status=creating')], [1, 0]);
      assert.deepEqual([await find('label_selector=a'), await find('name=data')], [1, 0]);
    });
  });
});
