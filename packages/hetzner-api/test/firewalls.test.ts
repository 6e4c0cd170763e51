import assert from 'node:assert/strict';
import type { ActionShape, FirewallShape } from '@groundplan/hetzner-api';
import { describe, it } from 'mocha';
import { type Answer, type Client, refused, refusedFields, succeeded, withApi } from './support/client.js';
import { makeFirewall, makeServer, readServer } from './support/make.js';

const act = (client: Client, id: number, action: string, body: object): Promise<Answer<{ actions: ActionShape[] }>> =>
  client.post(`/firewalls/${id}/actions/${action}`, body);

async function read(client: Client, id: number): Promise<FirewallShape> {
  return succeeded(await client.get<{ firewall: FirewallShape }>(`/firewalls/${id}`)).firewall;
}

const server = (id: number): object => ({ type: 'server', server: { id } });
const selector = (text: string): object => ({ type: 'label_selector', label_selector: { selector: text } });
const ssh = { direction: 'in', protocol: 'tcp', port: '22', source_ips: ['198.51.100.0/24'] };

async function firewallsOn(client: Client, id: number): Promise<number[]> {
  return (await readServer(client, id)).public_net.firewalls.map((firewall) => firewall.id);
}

describe('a firewall', () => {
  it('is shown with its rules and what it is applied to', async () => {
    await withApi({}, async (client) => {
      const web = await makeServer(client, { labels: { tier: 'app' } });
      const body = {
        name: 'web',
        labels: { topology: 'shop' },
        rules: [
          { ...ssh, description: 'SSH' },
          { direction: 'in', protocol: 'icmp', source_ips: ['0.0.0.0/0', '::/0', '2001:DB8:0:0::/64'] },
          { direction: 'out', protocol: 'udp', port: '1024-5000', destination_ips: ['10.0.1.1/32'] },
        ],
        apply_to: [server(web.id), selector('tier=app')],
      };
      const made = succeeded(
        await client.post<{ firewall: FirewallShape; actions: ActionShape[] }>('/firewalls', body),
        201,
      );
      assert.deepEqual(
        made.actions.map((action) => [action.command, action.status]),
        [
          ['set_firewall_rules', 'success'],
          ['apply_firewall', 'success'],
          ['apply_firewall', 'success'],
        ],
      );
      const { id } = made.firewall;
      assert.deepEqual(await read(client, id), {
        id,
        name: 'web',
        labels: { topology: 'shop' },
        created: '2026-11-24T12:00:00+00:00',
        rules: [
          {
            direction: 'in',
            source_ips: ['198.51.100.0/24'],
            destination_ips: [],
            protocol: 'tcp',
            port: '22',
            description: 'SSH',
          },
          {
            direction: 'in',
            source_ips: ['0.0.0.0/0', '::/0', '2001:db8::/64'],
            destination_ips: [],
            protocol: 'icmp',
            port: null,
            description: null,
          },
          {
            direction: 'out',
            source_ips: [],
            destination_ips: ['10.0.1.1/32'],
            protocol: 'udp',
            port: '1024-5000',
            description: null,
          },
        ],
        applied_to: [
          { type: 'server', server: { id: web.id } },
          {
            type: 'label_selector',
            label_selector: { selector: 'tier=app' },
            applied_to_resources: [{ type: 'server', server: { id: web.id } }],
          },
        ],
      });
    });
  });

  for (const [rule, field] of [
    [{ ...ssh, source_ips: [] }, 'source_ips'],
    [{ ...ssh, source_ips: ['198.51.100.1/24'] }, 'source_ips'],
    [{ ...ssh, source_ips: ['198.51.100.1'] }, 'source_ips'],
    [{ ...ssh, source_ips: ['2001:db8::1/64'] }, 'source_ips'],
    [{ ...ssh, source_ips: Array.from({ length: 101 }, (_, index) => `10.0.${index}.0/24`) }, 'source_ips'],
    [{ ...ssh, destination_ips: ['10.0.0.0/8'] }, 'destination_ips'],
    [{ ...ssh, direction: 'out' }, 'destination_ips'],
    [{ ...ssh, direction: 'up' }, 'direction'],
    [{ ...ssh, protocol: 'sctp' }, 'protocol'],
    [{ ...ssh, port: '0' }, 'port'],
    [{ ...ssh, port: '70000' }, 'port'],
    [{ ...ssh, port: '20-10' }, 'port'],
    [{ ...ssh, port: undefined }, 'port'],
    [{ ...ssh, protocol: 'icmp' }, 'port'],
    [{ ...ssh, description: 'x'.repeat(256) }, 'description'],
  ] as const) {
    it(`is refused with the rule ${JSON.stringify(rule).slice(0, 110)}`, async () => {
      await withApi({}, async (client) => {
        const answer = await client.post('/firewalls', { name: 'x', rules: [rule] });
        refused(answer, 422, 'invalid_input', `rules.0.${field}`);
      });
    });
  }

  it('has at most 50 rules, and 500 counted by address', async () => {
    await withApi({}, async (client) => {
      const { id } = await makeFirewall(client, { rules: Array.from({ length: 50 }, () => ssh) });
      const set = (rules: object[]) => act(client, id, 'set_rules', { rules });
      refusedFields(await set(Array.from({ length: 51 }, () => ssh)), 'rules');
      const wide = { ...ssh, source_ips: Array.from({ length: 100 }, (_, index) => `10.0.${index}.0/24`) };
      succeeded(await set(Array.from({ length: 5 }, () => wide)));
      refused(await set([...Array.from({ length: 5 }, () => wide), ssh]), 403, 'resource_limit_exceeded');
    });
  });

  it('replaces its rules and applies them to its servers', async () => {
    await withApi({}, async (client) => {
      const { id } = await makeFirewall(client, { rules: [ssh] });
      await makeServer(client, { firewalls: [{ firewall: id }] });
      const { actions } = succeeded(await act(client, id, 'set_rules', { rules: [] }), 201);
      assert.deepEqual(
        actions.map((action) => action.command),
        ['set_firewall_rules', 'apply_firewall'],
      );
      assert.deepEqual((await read(client, id)).rules, []);
      refusedFields(await act(client, id, 'set_rules', {}), 'rules');
    });
  });

  it('is applied to a server and removed from it', async () => {
    await withApi({}, async (client) => {
      const { id } = await makeFirewall(client);
      const web = await makeServer(client);
      const apply = () => act(client, id, 'apply_to_resources', { apply_to: [server(web.id)] });
      const remove = () => act(client, id, 'remove_from_resources', { remove_from: [server(web.id)] });
      refused(await remove(), 404, 'firewall_resource_not_found');
      assert.deepEqual(succeeded(await apply(), 201).actions[0]?.resources, [
        { id, type: 'firewall' },
        { id: web.id, type: 'server' },
      ]);
      assert.deepEqual(await firewallsOn(client, web.id), [id]);
      refused(await apply(), 422, 'firewall_already_applied');
      assert.equal(succeeded(await remove()).actions[0]?.command, 'remove_firewall');
      assert.deepEqual(await firewallsOn(client, web.id), []);
      const unknown = await act(client, id, 'apply_to_resources', { apply_to: [server(1)] });
      refused(unknown, 404, 'firewall_resource_not_found');
      const twice = await act(client, id, 'apply_to_resources', { apply_to: [server(web.id), server(web.id)] });
      refused(twice, 422, 'server_already_added');
      const nothing = await act(client, id, 'apply_to_resources', { apply_to: [{ type: 'server' }] });
      refusedFields(nothing, 'apply_to.0.server');
    });
  });

  it('shows as pending while it is being applied', async () => {
    await withApi({ actionMilliseconds: 1_000 }, async (client) => {
      const { id } = await makeFirewall(client);
      const web = await makeServer(client);
      client.clock.now += 2_000;
      await act(client, id, 'apply_to_resources', { apply_to: [server(web.id)] });
      const status = async () => (await readServer(client, web.id)).public_net.firewalls;
      assert.deepEqual(await status(), [{ id, status: 'pending' }]);
      client.clock.now += 1_000;
      assert.deepEqual(await status(), [{ id, status: 'applied' }]);
    });
  });

  it('follows the labels of servers where a selector applies it', async () => {
    await withApi({}, async (client) => {
      const { id } = await makeFirewall(client, { apply_to: [selector('tier=app')] });
      const web = await makeServer(client);
      assert.deepEqual(await firewallsOn(client, web.id), []);
      await client.put(`/servers/${web.id}`, { labels: { tier: 'app' } });
      assert.deepEqual(await firewallsOn(client, web.id), [id]);
      const remove = (target: object) => act(client, id, 'remove_from_resources', { remove_from: [target] });
      refused(await remove(server(web.id)), 422, 'firewall_managed_by_label_selector');
      refused(await remove(selector('tier=db')), 404, 'firewall_resource_not_found');
      succeeded(await remove(selector('tier=app')));
      assert.deepEqual(await firewallsOn(client, web.id), []);
    });
  });

  it('is not for servers without a public interface', async () => {
    await withApi({}, async (client) => {
      const { id } = await makeFirewall(client, { apply_to: [selector('tier=app')] });
      const hidden = await makeServer(client, {
        labels: { tier: 'app' },
        public_net: { enable_ipv4: false, enable_ipv6: false },
      });
      assert.deepEqual(await firewallsOn(client, hidden.id), []);
      const answer = await act(client, id, 'apply_to_resources', { apply_to: [server(hidden.id)] });
      refused(answer, 422, 'private_net_only_server');
    });
  });

  it('is one of five on a server and of 50 in a project', async () => {
    await withApi({}, async (client) => {
      const web = await makeServer(client);
      for (let index = 0; index < 5; index += 1) {
        await makeFirewall(client, { name: `f${index}`, apply_to: [server(web.id)] });
      }
      const { id } = await makeFirewall(client, { name: 'f5' });
      const answer = await act(client, id, 'apply_to_resources', { apply_to: [server(web.id)] });
      refused(answer, 403, 'resource_limit_exceeded');
      for (let index = 6; index < 50; index += 1) await makeFirewall(client, { name: `f${index}` });
      refused(
        await client.post('/firewalls', { name: 'f50' }),
        403,
        'resource_limit_exceeded',
        'firewall limit exceeded',
      );
    });
  });

  it('is deleted once nothing uses it', async () => {
    await withApi({}, async (client) => {
      const web = await makeServer(client);
      const { id } = await makeFirewall(client, { apply_to: [server(web.id)] });
      refused(
        await client.delete(`/firewalls/${id}`),
        422,
        'resource_in_use',
        `firewall with ID ${id} is still in use`,
      );
      await client.delete(`/servers/${web.id}`);
      succeeded(await client.delete(`/firewalls/${id}`), 204);
    });
  });

  it('is renamed and labelled', async () => {
    await withApi({}, async (client) => {
      const { id } = await makeFirewall(client);
      await makeFirewall(client, { name: 'taken' });
      const update = (body: object) => client.put<{ firewall: FirewallShape }>(`/firewalls/${id}`, body);
      assert.equal(succeeded(await update({ name: 'new', labels: {} })).firewall.name, 'new');
      refused(await update({ name: 'taken' }), 409, 'uniqueness_error');
      refusedFields(await update({ name: 'x'.repeat(129) }), 'name');
    });
  });
});
