import assert from 'node:assert/strict';
import type { ActionShape } from '@groundplan/hetzner-api';
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
import { makeNetwork, makeServer, readServer, smallServer } from './support/make.js';

const attach = (client: Client, server: number, body: object): Promise<Answer<{ action: ActionShape }>> =>
  client.post(`/servers/${server}/actions/attach_to_network`, body);

async function places(client: Client, id: number): Promise<[string, readonly string[]][]> {
  return (await readServer(client, id)).private_net.map((net) => [net.ip, net.alias_ips]);
}

describe('a server in a network', () => {
  it('gets the lowest free address of a subnet of its zone', async () => {
    await withApi({}, async (client) => {
      const network = await makeNetwork(client, {
        ip_range: '10.10.0.0/16',
        subnets: [
          { type: 'cloud', ip_range: '10.10.0.0/24', network_zone: 'eu-central' },
          { type: 'cloud', ip_range: '10.10.1.0/24', network_zone: 'us-east' },
        ],
      });
      const europe = await makeServer(client, { networks: [network.id] });
      const america = await makeServer(client, {
        name: 'web-1',
        server_type: 'cpx11',
        location: 'ash',
        networks: [network.id],
      });
      // 10.10.0.1 is the gateway.
      assert.deepEqual(await places(client, europe.id), [['10.10.0.2', []]]);
      assert.deepEqual(await places(client, america.id), [['10.10.1.1', []]]);
      assert.match(europe.private_net[0]?.mac_address ?? '', /^86:00:00(:[0-9a-f]{2}){3}$/);
    });
  });

  it('gets the address and the aliases it asks for', async () => {
    await withApi({}, async (client) => {
      const network = await makeNetwork(client);
      const server = await makeServer(client);
      const body = { network: network.id, ip: '10.10.1.20', alias_ips: ['10.10.1.21', '10.10.1.22'] };
      const answer = succeeded(await attach(client, server.id, body), 201);
      actionSucceeded(answer, 'attach_to_network');
      assert.deepEqual(answer.action.resources, [
        { id: server.id, type: 'server' },
        { id: network.id, type: 'network' },
      ]);
      assert.deepEqual(await places(client, server.id), [['10.10.1.20', ['10.10.1.21', '10.10.1.22']]]);
    });
  });

  it('gets an address of the subnet it asks for', async () => {
    await withApi({}, async (client) => {
      const network = await makeNetwork(client, {
        subnets: ['10.10.1.0/24', '10.10.2.0/24'].map((ip_range) => ({
          type: 'cloud',
          ip_range,
          network_zone: 'eu-central',
        })),
      });
      const server = await makeServer(client);
      succeeded(await attach(client, server.id, { network: network.id, ip_range: '10.10.2.0/24' }));
      assert.deepEqual(await places(client, server.id), [['10.10.2.1', []]]);
      const other = await makeServer(client, { name: 'web-1' });
      const outside = { network: network.id, ip_range: '10.10.2.0/24', ip: '10.10.1.9' };
      refused(await attach(client, other.id, outside), 422, 'ip_not_available');
      const nowhere = { network: network.id, ip_range: '10.10.9.0/24' };
      refused(await attach(client, other.id, nowhere), 422, 'no_subnet_available');
    });
  });

  for (const [ip, why] of [
    ['10.10.0.1', 'the gateway of the network'],
    ['10.10.1.0', 'the network address of the subnet'],
    ['10.10.1.255', 'its broadcast address'],
    ['10.10.2.5', 'in no subnet'],
    ['192.168.0.1', 'outside the network'],
    ['10.10.1.7', 'taken by a server'],
    ['10.10.1.8', 'taken by an alias'],
    ['nonsense', 'no address'],
  ] as const) {
    it(`cannot have ${ip}: ${why}`, async () => {
      await withApi({}, async (client) => {
        const network = await makeNetwork(client);
        const first = await makeServer(client);
        await attach(client, first.id, { network: network.id, ip: '10.10.1.7', alias_ips: ['10.10.1.8'] });
        const second = await makeServer(client, { name: 'web-1' });
        const answer = await attach(client, second.id, { network: network.id, ip });
        assert.equal(answer.status, 422);
        assert.deepEqual(await places(client, second.id), []);
      });
    });
  }

  it('is there only once', async () => {
    await withApi({}, async (client) => {
      const network = await makeNetwork(client);
      const server = await makeServer(client, { networks: [network.id] });
      refused(await attach(client, server.id, { network: network.id }), 422, 'server_already_attached');
    });
  });

  it('needs a subnet in its zone', async () => {
    await withApi({}, async (client) => {
      const network = await makeNetwork(client);
      const elsewhere = { ...smallServer, server_type: 'cpx11', location: 'ash' };
      const refusal = await client.post('/servers', { ...elsewhere, networks: [network.id] });
      refused(refusal, 422, 'no_subnet_available', 'no subnet or IP available');
      assert.deepEqual(client.api.snapshot('t'.repeat(64)).servers, []);
    });
  });

  it('has three networks at most, none over another', async () => {
    await withApi({}, async (client) => {
      const server = await makeServer(client);
      const join = async (name: string, second: number): Promise<Answer<unknown>> => {
        const subnets = [{ type: 'cloud', ip_range: `10.${second}.1.0/24`, network_zone: 'eu-central' }];
        const network = await makeNetwork(client, { name, ip_range: `10.${second}.0.0/16`, subnets });
        return attach(client, server.id, { network: network.id });
      };
      succeeded(await join('a', 10));
      refused(await join('b', 10), 422, 'networks_overlap');
      succeeded(await join('c', 11));
      succeeded(await join('d', 12));
      refused(await join('e', 13), 403, 'resource_limit_exceeded');
    });
  });

  it('is one of 100 at most', async () => {
    await withApi({}, async (client) => {
      const network = await makeNetwork(client);
      for (let index = 0; index < 100; index += 1) {
        await makeServer(client, { name: `web-${index}`, networks: [network.id] });
      }
      const more = { ...smallServer, name: 'one-more', networks: [network.id] };
      refused(await client.post('/servers', more), 403, 'resource_limit_exceeded', 'servers per network');
      const server = await makeServer(client, { name: 'one-more' });
      refused(await attach(client, server.id, { network: network.id }), 403, 'resource_limit_exceeded');
    });
  });

  it('changes its aliases as a whole', async () => {
    await withApi({}, async (client) => {
      const network = await makeNetwork(client);
      const server = await makeServer(client, { networks: [network.id] });
      const change = (alias_ips: string[]): Promise<Answer<{ action: ActionShape }>> =>
        client.post(`/servers/${server.id}/actions/change_alias_ips`, { network: network.id, alias_ips });
      actionSucceeded(succeeded(await change(['10.10.1.9'])), 'change_alias_ips');
      succeeded(await change(['10.10.1.10', '10.10.1.9']));
      assert.deepEqual(await places(client, server.id), [['10.10.1.1', ['10.10.1.10', '10.10.1.9']]]);
      refused(await change(['10.10.1.1']), 422, 'ip_not_available');
      refused(await change(['10.10.1.11', '10.10.1.11']), 422, 'ip_not_available');
      refusedFields(await change(['x']), 'alias_ips');
      refused(await change([1, 2, 3, 4, 5, 6].map((last) => `10.10.1.2${last}`)), 403, 'resource_limit_exceeded');
      succeeded(await change([]));
      assert.deepEqual(await places(client, server.id), [['10.10.1.1', []]]);
    });
  });

  it('leaves it, and its address is free again', async () => {
    await withApi({}, async (client) => {
      const network = await makeNetwork(client);
      const server = await makeServer(client, { networks: [network.id] });
      const detach = (): Promise<Answer<{ action: ActionShape }>> =>
        client.post(`/servers/${server.id}/actions/detach_from_network`, { network: network.id });
      actionSucceeded(succeeded(await detach()), 'detach_from_network');
      refused(await detach(), 404, 'not_found');
      const next = await makeServer(client, { name: 'web-1', networks: [network.id] });
      assert.deepEqual(await places(client, next.id), [['10.10.1.1', []]]);
    });
  });
});
