import assert from 'node:assert/strict';
import type { ActionShape, NetworkShape } from '@groundplan/hetzner-api';
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
import { makeNetwork, makeServer, readServer } from './support/make.js';

type ActionAnswer = Answer<{ action: ActionShape }>;

async function read(client: Client, id: number): Promise<NetworkShape> {
  return succeeded(await client.get<{ network: NetworkShape }>(`/networks/${id}`)).network;
}

const act = (client: Client, id: number, action: string, body: object): Promise<ActionAnswer> =>
  client.post(`/networks/${id}/actions/${action}`, body);

describe('a network', () => {
  it('is shown with its subnets, routes and servers', async () => {
    await withApi({}, async (client) => {
      const network = await makeNetwork(client, {
        labels: { topology: 'shop' },
        routes: [{ destination: '10.30.0.0/16', gateway: '10.10.1.5' }],
      });
      const server = await makeServer(client, { networks: [network.id] });
      assert.deepEqual(await read(client, network.id), {
        id: network.id,
        name: 'shop',
        ip_range: '10.10.0.0/16',
        subnets: [
          {
            type: 'cloud',
            ip_range: '10.10.1.0/24',
            network_zone: 'eu-central',
            gateway: '10.10.0.1',
            vswitch_id: null,
          },
        ],
        routes: [{ destination: '10.30.0.0/16', gateway: '10.10.1.5' }],
        servers: [server.id],
        load_balancers: [],
        protection: { delete: false },
        labels: { topology: 'shop' },
        created: '2026-11-24T12:00:00+00:00',
        expose_routes_to_vswitch: false,
      });
    });
  });

  for (const [range, why] of [
    ['10.10.0.0', 'no prefix'],
    ['10.10.0.1/16', 'host bits'],
    ['8.8.8.0/24', 'public'],
    ['10.10.0.0/25', 'too small'],
    ['172.0.0.0/8', 'wider than the private range'],
    ['fd00::/48', 'IPv6'],
  ] as const) {
    it(`is refused with range ${range}: ${why}`, async () => {
      await withApi({}, async (client) => {
        refusedFields(await client.post('/networks', { name: 'x', ip_range: range }), 'ip_range');
      });
    });
  }

  it('has a name of its own', async () => {
    await withApi({}, async (client) => {
      await makeNetwork(client);
      refused(await client.post('/networks', { name: 'shop', ip_range: '10.0.0.0/16' }), 409, 'uniqueness_error');
    });
  });

  it('is renamed and labelled', async () => {
    await withApi({}, async (client) => {
      const { id } = await makeNetwork(client);
      const body = { name: 'other', labels: { a: 'b' }, expose_routes_to_vswitch: true };
      const { network } = succeeded(await client.put<{ network: NetworkShape }>(`/networks/${id}`, body));
      assert.deepEqual([network.name, network.labels, network.expose_routes_to_vswitch], ['other', { a: 'b' }, true]);
    });
  });

  it('is deleted together with its attachments, unless it is protected', async () => {
    await withApi({}, async (client) => {
      const { id } = await makeNetwork(client);
      const server = await makeServer(client, { networks: [id] });
      actionSucceeded(succeeded(await act(client, id, 'change_protection', { delete: true })), 'change_protection');
      refused(await client.delete(`/networks/${id}`), 423, 'protected', 'network deletion is protected');
      await act(client, id, 'change_protection', { delete: false });
      succeeded(await client.delete(`/networks/${id}`), 204);
      assert.deepEqual((await readServer(client, server.id)).private_net, []);
    });
  });

  it('can only be extended, at its end', async () => {
    await withApi({}, async (client) => {
      const { id } = await makeNetwork(client);
      refusedFields(await act(client, id, 'change_ip_range', { ip_range: '10.10.0.0/17' }), 'ip_range');
      refusedFields(await act(client, id, 'change_ip_range', { ip_range: '10.8.0.0/14' }), 'ip_range');
      actionSucceeded(
        succeeded(await act(client, id, 'change_ip_range', { ip_range: '10.10.0.0/15' })),
        'change_ip_range',
      );
      assert.equal((await read(client, id)).ip_range, '10.10.0.0/15');
    });
  });
});

describe('a subnet', () => {
  const cloud = { type: 'cloud', network_zone: 'eu-central' };

  it('gets the first free /24 if it names no range', async () => {
    await withApi({}, async (client) => {
      const { id } = await makeNetwork(client);
      actionSucceeded(succeeded(await act(client, id, 'add_subnet', cloud)), 'add_subnet');
      await act(client, id, 'add_subnet', cloud);
      assert.deepEqual(
        (await read(client, id)).subnets.map((subnet) => subnet.ip_range),
        ['10.10.1.0/24', '10.10.0.0/24', '10.10.2.0/24'],
      );
    });
  });

  for (const [body, fields] of [
    [{ ...cloud, ip_range: '10.11.0.0/24' }, ['ip_range']],
    [{ ...cloud, ip_range: '10.10.0.0/23' }, ['ip_range']],
    [{ ...cloud, ip_range: '10.10.30.0/24' }, ['ip_range']],
    [{ ...cloud, ip_range: '10.10.2.0/31' }, ['ip_range']],
    [{ ...cloud, ip_range: '10.10.2.1/24' }, ['ip_range']],
    [{ ...cloud, network_zone: 'mars' }, ['network_zone']],
    [{ ...cloud, type: 'other' }, ['type']],
    [{ ...cloud, vswitch_id: 5 }, ['vswitch_id']],
    [{ ...cloud, type: 'vswitch' }, ['vswitch_id']],
    [{}, ['type', 'network_zone']],
  ] as const) {
    it(`is refused as ${JSON.stringify(body)}`, async () => {
      await withApi({}, async (client) => {
        const network = await makeNetwork(client, { routes: [{ destination: '10.10.30.0/24', gateway: '10.10.1.5' }] });
        refusedFields(await act(client, network.id, 'add_subnet', body), ...fields);
      });
    });
  }

  it('is one of 50 at most', async () => {
    await withApi({}, async (client) => {
      const { id } = await makeNetwork(client, { subnets: Array.from({ length: 50 }, () => cloud) });
      refused(await act(client, id, 'add_subnet', cloud), 403, 'resource_limit_exceeded', 'subnet limit exceeded');
    });
  });

  it('of a vSwitch has its own gateway and takes the vSwitch for itself', async () => {
    await withApi({}, async (client) => {
      const { id } = await makeNetwork(client);
      const vswitch = { type: 'vswitch', network_zone: 'eu-central', ip_range: '10.10.5.0/24', vswitch_id: 7 };
      succeeded(await act(client, id, 'add_subnet', vswitch));
      assert.equal((await read(client, id)).subnets[1]?.gateway, '10.10.5.1');
      const again = await act(client, id, 'add_subnet', { ...vswitch, ip_range: '10.10.6.0/24' });
      refused(again, 422, 'vswitch_id_already_used');
      const route = { destination: '10.99.0.0/16', gateway: '10.10.5.9' };
      refusedFields(await act(client, id, 'add_route', route), 'gateway');
    });
  });

  it('is deleted once no server is in it', async () => {
    await withApi({}, async (client) => {
      const { id } = await makeNetwork(client);
      const server = await makeServer(client, { networks: [id] });
      const subnet = { ip_range: '10.10.1.0/24' };
      refused(await act(client, id, 'delete_subnet', subnet), 422, 'service_error', 'servers are attached');
      await client.post(`/servers/${server.id}/actions/detach_from_network`, { network: id });
      actionSucceeded(succeeded(await act(client, id, 'delete_subnet', subnet)), 'delete_subnet');
      refused(await act(client, id, 'delete_subnet', subnet), 404, 'not_found');
    });
  });
});

describe('a route', () => {
  for (const [destination, gateway, field] of [
    ['8.8.8.0/24', '10.10.1.5', 'destination'],
    ['172.16.0.0/12', '10.10.1.5', 'destination'],
    ['10.20.0.0/16', '10.10.0.1', 'gateway'],
    ['10.20.0.0/16', '172.31.1.1', 'gateway'],
    ['10.20.0.0/16', '10.11.0.1', 'gateway'],
    ['10.20.0.0/16', 'x', 'gateway'],
    ['10.20.0.1/16', '10.10.1.5', 'destination'],
  ] as const) {
    it(`to ${destination} via ${gateway} is refused`, async () => {
      await withApi({}, async (client) => {
        const { id } = await makeNetwork(client);
        refusedFields(await act(client, id, 'add_route', { destination, gateway }), field);
      });
    });
  }

  it('must not overlap with a subnet or another route, except the default route', async () => {
    await withApi({}, async (client) => {
      const { id } = await makeNetwork(client);
      const gateway = '10.10.1.5';
      const add = (destination: string): Promise<ActionAnswer> =>
        act(client, id, 'add_route', { destination, gateway });
      refused(await add('10.10.1.0/25'), 422, 'invalid_input', 'overlaps with another subnetwork or network route');
      actionSucceeded(succeeded(await add('10.20.0.0/16')), 'add_route');
      refused(await add('10.20.5.0/24'), 422, 'invalid_input');
      succeeded(await add('0.0.0.0/0'));
      refused(await add('0.0.0.0/0'), 422, 'invalid_input');
    });
  });

  it('is one of 100 at most', async () => {
    await withApi({}, async (client) => {
      const routes = Array.from({ length: 100 }, (_, index) => ({
        destination: `10.20.${index}.0/24`,
        gateway: '10.10.1.5',
      }));
      const { id } = await makeNetwork(client, { routes });
      const more = await act(client, id, 'add_route', { destination: '10.21.0.0/24', gateway: '10.10.1.5' });
      refused(more, 403, 'resource_limit_exceeded', 'route limit exceeded');
    });
  });

  it('is deleted by destination and gateway', async () => {
    await withApi({}, async (client) => {
      const route = { destination: '10.20.0.0/16', gateway: '10.10.1.5' };
      const { id } = await makeNetwork(client, { routes: [route] });
      refused(await act(client, id, 'delete_route', { ...route, gateway: '10.10.1.6' }), 404, 'not_found');
      actionSucceeded(succeeded(await act(client, id, 'delete_route', route)), 'delete_route');
      assert.deepEqual((await read(client, id)).routes, []);
    });
  });
});
