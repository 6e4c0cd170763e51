import assert from 'node:assert/strict';
import type { ActionShape, RRSetShape, ZoneShape } from '@groundplan/hetzner-api';
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
import { makeZone } from './support/make.js';

interface ZoneBody {
  readonly zone: ZoneShape;
  readonly action: ActionShape;
}

const act = (client: Client, zone: string, action: string, body: object): Promise<Answer<{ action: ActionShape }>> =>
  client.post(`/zones/${zone}/actions/${action}`, body);

async function read(client: Client, zone: string | number): Promise<ZoneShape> {
  return succeeded(await client.get<ZoneBody>(`/zones/${zone}`)).zone;
}

const nameservers = ['hydrogen.ns.hetzner.com.', 'oxygen.ns.hetzner.com.', 'helium.ns.hetzner.de.'];

describe('a zone', () => {
  it('has a SOA and three nameservers at first, and is found by id and by name', async () => {
    await withApi({}, async (client) => {
      const body = { name: 'example.com', mode: 'primary', labels: { topology: 'shop' } };
      const made = succeeded(await client.post<ZoneBody>('/zones', body), 201);
      actionSucceeded(made, 'create_zone');
      const { zone } = made;
      assert.deepEqual(zone, {
        id: zone.id,
        name: 'example.com',
        created: '2026-11-24T12:00:00+00:00',
        mode: 'primary',
        ttl: 3600,
        status: 'ok',
        record_count: 4,
        authoritative_nameservers: {
          assigned: nameservers,
          delegated: nameservers,
          delegation_last_check: '2026-11-24T12:00:00+00:00',
          delegation_status: 'valid',
        },
        registrar: 'other',
        protection: { delete: false },
        labels: { topology: 'shop' },
      });
      assert.deepEqual([await read(client, zone.id), await read(client, 'example.com')], [zone, zone]);
      const { rrsets } = succeeded(await client.get<{ rrsets: RRSetShape[] }>('/zones/example.com/rrsets'));
      assert.deepEqual(
        rrsets.map((rrset) => [rrset.id, rrset.records.length]),
        [
          ['@/SOA', 1],
          ['@/NS', 3],
        ],
      );
    });
  });

  for (const name of ['example', 'www.example.com', 'Example.com', 'example.com.', 'exa_mple.com', 'münchen.de', '']) {
    it(`is refused with the name '${name}'`, async () => {
      await withApi({}, async (client) => {
        refusedFields(await client.post('/zones', { name, mode: 'primary' }), 'name');
      });
    });
  }

  for (const name of ['example.com', 'example.co.uk', 'xn--mnchen-3ya.de']) {
    it(`may be named '${name}'`, async () => {
      await withApi({}, async (client) => {
        succeeded(await client.post('/zones', { name, mode: 'primary' }));
      });
    });
  }

  it('belongs to one project only', async () => {
    await withApi({}, async (client) => {
      await makeZone(client);
      const body = { name: 'example.com', mode: 'primary' };
      refused(await client.post('/zones', body), 409, 'uniqueness_error');
      refused(await client.as('u'.repeat(64)).post('/zones', body), 409, 'uniqueness_error');
    });
  });

  it('is there from the beginning if the API is told so', async () => {
    await withApi({ zones: ['example.com'] }, async (client) => {
      assert.equal((await read(client, 'example.com')).mode, 'primary');
    });
  });

  it('is made with record sets, which may replace its nameservers', async () => {
    await withApi({}, async (client) => {
      await makeZone(client, {
        ttl: 300,
        rrsets: [
          { name: '@', type: 'NS', records: [{ value: nameservers[0] }] },
          { name: 'www', type: 'A', ttl: 60, records: [{ value: '203.0.113.9', comment: 'the web' }] },
        ],
      });
      assert.equal((await read(client, 'example.com')).record_count, 3);
      const { zonefile } = succeeded(await client.get<{ zonefile: string }>('/zones/example.com/zonefile'));
      assert.equal(
        zonefile,
        [
          '$ORIGIN\texample.com.',
          '$TTL\t300',
          '',
          '@\tIN\tSOA\thydrogen.ns.hetzner.com. dns.hetzner.com. 2026112400 86400 10800 3600000 3600',
          '@\tIN\tNS\thydrogen.ns.hetzner.com.',
          'www\t60\tIN\tA\t203.0.113.9 ; the web',
          '',
        ].join('\n'),
      );
      const bad = {
        name: 'example.net',
        mode: 'primary',
        rrsets: [{ name: '@', type: 'CNAME', records: [{ value: 'a.b.' }] }],
      };
      refused(await client.post('/zones', bad), 422, 'invalid_input', 'apex');
    });
  });

  it('changes its TTL within bounds', async () => {
    await withApi({}, async (client) => {
      await makeZone(client);
      refusedFields(await act(client, 'example.com', 'change_ttl', { ttl: 59 }), 'ttl');
      refusedFields(await act(client, 'example.com', 'change_ttl', {}), 'ttl');
      refusedFields(await client.post('/zones', { name: 'a.com', mode: 'primary', ttl: 2_147_483_648 }), 'ttl');
      actionSucceeded(succeeded(await act(client, 'example.com', 'change_ttl', { ttl: 60 })), 'change_ttl');
      assert.equal((await read(client, 'example.com')).ttl, 60);
    });
  });

  it('is labelled, and deleted unless it is protected', async () => {
    await withApi({}, async (client) => {
      await makeZone(client);
      const labelled = succeeded(await client.put<ZoneBody>('/zones/example.com', { labels: { a: 'b' } }));
      assert.deepEqual(labelled.zone.labels, { a: 'b' });
      succeeded(await act(client, 'example.com', 'change_protection', { delete: true }));
      refused(await client.delete('/zones/example.com'), 423, 'protected', 'zone deletion is protected');
      succeeded(await act(client, 'example.com', 'change_protection', { delete: false }));
      actionSucceeded(succeeded(await client.delete<ZoneBody>('/zones/example.com'), 201), 'delete_zone');
      refused(await client.get('/zones/example.com'), 404, 'not_found');
    });
  });

  it('in secondary mode has nameservers to copy from and no record sets of its own', async () => {
    await withApi({}, async (client) => {
      const body = { name: 'example.com', mode: 'secondary' };
      refusedFields(await client.post('/zones', body), 'primary_nameservers');
      const server = { address: '203.0.113.53', tsig_key: 'c2VjcmV0', tsig_algorithm: 'hmac-sha256' };
      const zone = await makeZone(client, { mode: 'secondary', primary_nameservers: [server] });
      assert.deepEqual(zone.primary_nameservers, [{ port: 53, ...server }]);
      const record = { name: 'www', type: 'A', records: [{ value: '203.0.113.9' }] };
      refused(await client.post('/zones/example.com/rrsets', record), 422, 'incorrect_zone_mode');
      refused(await client.get('/zones/example.com/rrsets'), 422, 'incorrect_zone_mode');
      refused(await act(client, 'example.com', 'change_ttl', { ttl: 60 }), 422, 'incorrect_zone_mode');
      const servers = { primary_nameservers: [{ address: '2001:db8::53', port: 5353 }] };
      actionSucceeded(
        succeeded(await act(client, 'example.com', 'change_primary_nameservers', servers)),
        'change_primary_nameservers',
      );
      assert.deepEqual((await read(client, 'example.com')).primary_nameservers, servers.primary_nameservers);
      const bad = { primary_nameservers: [{ address: 'ns.example.net' }] };
      const refusal = await act(client, 'example.com', 'change_primary_nameservers', bad);
      refusedFields(refusal, 'primary_nameservers.0.address');
      await makeZone(client, { name: 'example.net' });
      refused(await act(client, 'example.net', 'change_primary_nameservers', servers), 422, 'incorrect_zone_mode');
    });
  });
});
