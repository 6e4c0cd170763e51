import assert from 'node:assert/strict';
import type { ActionShape, FloatingIpShape } from '@groundplan/hetzner-api';
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
import { makeFloatingIp, makeServer, readServer } from './support/make.js';

const act = (client: Client, id: number, action: string, body: object = {}): Promise<Answer<{ action: ActionShape }>> =>
  client.post(`/floating_ips/${id}/actions/${action}`, body);

async function read(client: Client, id: number): Promise<FloatingIpShape> {
  return succeeded(await client.get<{ floating_ip: FloatingIpShape }>(`/floating_ips/${id}`)).floating_ip;
}

describe('a floating IP', () => {
  it('is an address, or a /64', async () => {
    await withApi({}, async (client) => {
      const four = await makeFloatingIp(client, { description: 'the edge' });
      assert.deepEqual(four, {
        id: four.id,
        name: 'edge',
        description: 'the edge',
        ip: '203.0.113.1',
        type: 'ipv4',
        server: null,
        dns_ptr: [{ ip: '203.0.113.1', dns_ptr: 'static.1.113.0.203.clients.your-server.de' }],
        home_location: four.home_location,
        blocked: false,
        protection: { delete: false },
        labels: {},
        created: '2026-11-24T12:00:00+00:00',
      });
      const six = await makeFloatingIp(client, { name: 'six', type: 'ipv6' });
      assert.deepEqual([six.ip, six.dns_ptr], ['2001:db8:1::/64', []]);
    });
  });

  it('is made for a server, and needs no name', async () => {
    await withApi({}, async (client) => {
      const server = await makeServer(client);
      const body = { type: 'ipv4', server: server.id };
      const made = succeeded(
        await client.post<{ floating_ip: FloatingIpShape; action: ActionShape }>('/floating_ips', body),
      );
      actionSucceeded(made, 'assign_floating_ip');
      assert.equal(made.floating_ip.home_location.name, 'fsn1');
      assert.notEqual(made.floating_ip.name, '');
      assert.deepEqual((await readServer(client, server.id)).public_net.floating_ips, [made.floating_ip.id]);
    });
  });

  it('is refused without a place or a kind', async () => {
    await withApi({}, async (client) => {
      refusedFields(await client.post('/floating_ips', { type: 'ipv4' }), 'home_location');
      refusedFields(await client.post('/floating_ips', { type: 'ipv5', home_location: 'fsn1' }), 'type');
      refusedFields(await client.post('/floating_ips', { type: 'ipv4', home_location: 'moon' }), 'home_location');
      await makeFloatingIp(client);
      const again = { type: 'ipv4', home_location: 'fsn1', name: 'edge' };
      refused(await client.post('/floating_ips', again), 409, 'uniqueness_error');
    });
  });

  it('moves from server to server, across locations', async () => {
    await withApi({}, async (client) => {
      const { id } = await makeFloatingIp(client);
      const first = await makeServer(client);
      const second = await makeServer(client, { name: 'web-1', location: 'hel1' });
      actionSucceeded(succeeded(await act(client, id, 'assign', { server: first.id })), 'assign_floating_ip');
      refused(await act(client, id, 'assign', { server: first.id }), 422, 'floating_ip_assigned');
      succeeded(await act(client, id, 'assign', { server: second.id }));
      assert.equal((await read(client, id)).server, second.id);
      assert.deepEqual((await readServer(client, first.id)).public_net.floating_ips, []);
      actionSucceeded(succeeded(await act(client, id, 'unassign')), 'unassign_floating_ip');
      refused(await act(client, id, 'unassign'), 422, 'service_error');
      refused(await act(client, id, 'assign', { server: 1 }), 404, 'not_found');
    });
  });

  it('is deleted once it is unassigned and not protected', async () => {
    await withApi({}, async (client) => {
      const server = await makeServer(client);
      const { id } = await makeFloatingIp(client, { server: server.id });
      refused(await client.delete(`/floating_ips/${id}`), 422, 'must_be_unassigned');
      await act(client, id, 'unassign');
      refusedFields(await act(client, id, 'change_protection'), 'delete');
      actionSucceeded(succeeded(await act(client, id, 'change_protection', { delete: true })), 'change_protection');
      refused(await client.delete(`/floating_ips/${id}`), 423, 'protected');
      await act(client, id, 'change_protection', { delete: false });
      succeeded(await client.delete(`/floating_ips/${id}`), 204);
    });
  });

  it('has reverse names', async () => {
    await withApi({}, async (client) => {
      const { id, ip } = await makeFloatingIp(client);
      actionSucceeded(
        succeeded(await act(client, id, 'change_dns_ptr', { ip, dns_ptr: 'shop.example.com' })),
        'change_dns_ptr',
      );
      assert.deepEqual((await read(client, id)).dns_ptr, [{ ip, dns_ptr: 'shop.example.com' }]);
      refusedFields(await act(client, id, 'change_dns_ptr', { ip: '1.2.3.4', dns_ptr: 'x' }), 'ip');
      refusedFields(await act(client, id, 'change_dns_ptr', { ip, dns_ptr: 'not a name' }), 'dns_ptr');
    });
  });

  it('is renamed, described, labelled and limited by its quota', async () => {
    await withApi({ quotas: { floatingIps: 1 } }, async (client) => {
      const { id } = await makeFloatingIp(client);
      const body = { name: 'front', description: 'new', labels: { a: 'b' } };
      const { floating_ip } = succeeded(
        await client.put<{ floating_ip: FloatingIpShape }>(`/floating_ips/${id}`, body),
      );
      assert.deepEqual([floating_ip.name, floating_ip.description, floating_ip.labels], ['front', 'new', { a: 'b' }]);
      const more = { type: 'ipv4', home_location: 'fsn1' };
      refused(await client.post('/floating_ips', more), 403, 'resource_limit_exceeded', 'floating IP limit exceeded');
    });
  });
});
