import assert from 'node:assert/strict';
import type { ActionShape, PrimaryIpShape } from '@groundplan/hetzner-api';
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
import { makeFloatingIp, makePrimaryIp, makeServer, makeStoppedServer, readServer } from './support/make.js';

const act = (client: Client, id: number, action: string, body: object = {}): Promise<Answer<{ action: ActionShape }>> =>
  client.post(`/primary_ips/${id}/actions/${action}`, body);

const assign = (client: Client, id: number, server: number): Promise<Answer<{ action: ActionShape }>> =>
  act(client, id, 'assign', { assignee_type: 'server', assignee_id: server });

async function read(client: Client, id: number): Promise<PrimaryIpShape> {
  return succeeded(await client.get<{ primary_ip: PrimaryIpShape }>(`/primary_ips/${id}`)).primary_ip;
}

const withoutAddresses = { public_net: { enable_ipv4: false, enable_ipv6: false } };

describe('a primary IP', () => {
  it('is unassigned at first', async () => {
    await withApi({}, async (client) => {
      const ip = await makePrimaryIp(client, { labels: { a: 'b' } });
      assert.deepEqual(ip, {
        id: ip.id,
        name: 'kept',
        ip: '203.0.113.1',
        type: 'ipv4',
        assignee_type: 'unassigned',
        assignee_id: null,
        auto_delete: false,
        blocked: false,
        dns_ptr: [{ ip: '203.0.113.1', dns_ptr: 'static.1.113.0.203.clients.your-server.de' }],
        location: ip.location,
        protection: { delete: false },
        labels: { a: 'b' },
        created: '2026-11-24T12:00:00+00:00',
      });
      const found = await client.get<{ primary_ips: PrimaryIpShape[] }>('/primary_ips?ip=203.0.113.1');
      assert.deepEqual(succeeded(found).primary_ips, [ip]);
    });
  });

  it('of a server is its own, with a name that Hetzner chooses', async () => {
    await withApi({}, async (client) => {
      const server = await makeServer(client);
      const ip = await read(client, server.public_net.ipv4?.id ?? 0);
      assert.deepEqual(
        [ip.name, ip.assignee_id, ip.assignee_type, ip.auto_delete],
        [`primary_ip-${ip.id}`, server.id, 'server', true],
      );
    });
  });

  it('is refused without a place, with two, or with the wrong fields', async () => {
    await withApi({}, async (client) => {
      const order = (body: object) => client.post('/primary_ips', { name: 'x', type: 'ipv4', ...body });
      refusedFields(await order({}), 'location');
      refusedFields(await order({ location: 'fsn1', assignee_id: 5, assignee_type: 'server' }), 'location');
      refusedFields(await order({ assignee_id: 5 }), 'assignee_type');
      refusedFields(await order({ location: 'fsn1', type: 'ipv5' }), 'type');
      refusedFields(await order({ location: 'moon' }), 'location');
      refusedFields(await order({ datacenter: 'fsn1-dc14', location: 'fsn1' }), 'datacenter');
      await makePrimaryIp(client);
      refused(await order({ name: 'kept', location: 'fsn1' }), 409, 'uniqueness_error');
    });
  });

  it('is assigned to a server of its location that is off and has none of its kind', async () => {
    await withApi({}, async (client) => {
      const { id } = await makePrimaryIp(client);
      const running = await makeServer(client);
      const full = await makeStoppedServer(client, { name: 'full' });
      const away = await makeStoppedServer(client, { name: 'away', location: 'hel1', ...withoutAddresses });
      const bare = await makeStoppedServer(client, { name: 'bare', ...withoutAddresses });
      refused(await assign(client, id, running.id), 422, 'server_not_stopped', 'Server must be offline');
      refused(await assign(client, id, full.id), 422, 'server_has_ipv4');
      refused(await assign(client, id, away.id), 422, 'primary_ip_datacenter_mismatch');
      actionSucceeded(succeeded(await assign(client, id, bare.id), 201), 'assign_primary_ip');
      refused(await assign(client, id, bare.id), 422, 'primary_ip_already_assigned');
      assert.equal((await readServer(client, bare.id)).public_net.ipv4?.id, id);
      refusedFields(await act(client, id, 'assign', { assignee_type: 'box', assignee_id: 1 }), 'assignee_type');
    });
  });

  it('is made for a server', async () => {
    await withApi({}, async (client) => {
      const bare = await makeStoppedServer(client, withoutAddresses);
      const body = { name: 'six', type: 'ipv6', assignee_type: 'server', assignee_id: bare.id };
      const made = succeeded(
        await client.post<{ primary_ip: PrimaryIpShape; action: ActionShape }>('/primary_ips', body),
      );
      actionSucceeded(made, 'assign_primary_ip');
      assert.deepEqual([made.primary_ip.assignee_id, made.primary_ip.location.name], [bare.id, 'fsn1']);
      refused(await client.post('/primary_ips', { ...body, name: 'again' }), 422, 'server_has_ipv6');
    });
  });

  it('is unassigned from a server that is off and has no floating IP', async () => {
    await withApi({}, async (client) => {
      const server = await makeServer(client);
      const id = server.public_net.ipv4?.id ?? 0;
      refused(await act(client, id, 'unassign'), 422, 'server_not_stopped');
      await client.post(`/servers/${server.id}/actions/poweroff`);
      const floating = await makeFloatingIp(client, { server: server.id });
      refused(await act(client, id, 'unassign'), 422, 'service_error', 'Floating IPs');
      await client.post(`/floating_ips/${floating.id}/actions/unassign`);
      actionSucceeded(succeeded(await act(client, id, 'unassign')), 'unassign_primary_ip');
      refused(await act(client, id, 'unassign'), 422, 'service_error');
      assert.equal((await readServer(client, server.id)).public_net.ipv4, null);
    });
  });

  it('is deleted once it is unassigned and not protected', async () => {
    await withApi({}, async (client) => {
      const { id } = await makePrimaryIp(client);
      const server = await makeServer(client, { public_net: { ipv4: id } });
      refused(await client.delete(`/primary_ips/${id}`), 422, 'must_be_unassigned');
      await client.delete(`/servers/${server.id}`);
      actionSucceeded(succeeded(await act(client, id, 'change_protection', { delete: true })), 'change_protection');
      refused(await client.delete(`/primary_ips/${id}`), 423, 'protected');
      await act(client, id, 'change_protection', { delete: false });
      succeeded(await client.delete(`/primary_ips/${id}`), 204);
    });
  });

  it('is either protected or deleted with its server', async () => {
    await withApi({}, async (client) => {
      const { id } = await makePrimaryIp(client, { auto_delete: true });
      refusedFields(await act(client, id, 'change_protection', { delete: true }), 'delete');
      const update = (body: object) => client.put<{ primary_ip: PrimaryIpShape }>(`/primary_ips/${id}`, body);
      const changed = succeeded(await update({ name: 'new', auto_delete: false })).primary_ip;
      assert.deepEqual([changed.name, changed.auto_delete], ['new', false]);
      succeeded(await act(client, id, 'change_protection', { delete: true }));
      refusedFields(await update({ auto_delete: true }), 'auto_delete');
    });
  });

  it('has reverse names', async () => {
    await withApi({}, async (client) => {
      const { id } = await makePrimaryIp(client, { type: 'ipv6' });
      const body = { ip: '2001:db8:1::25', dns_ptr: 'mail.example.com' };
      actionSucceeded(succeeded(await act(client, id, 'change_dns_ptr', body)), 'change_dns_ptr');
      assert.deepEqual((await read(client, id)).dns_ptr, [body]);
      refusedFields(await act(client, id, 'change_dns_ptr', { ...body, ip: '2001:db8:2::25' }), 'ip');
    });
  });
});
