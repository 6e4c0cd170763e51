import assert from 'node:assert/strict';
import type { ActionShape, RRSetShape } from '@groundplan/hetzner-api';
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

interface RRSetBody {
  readonly rrset: RRSetShape;
  readonly action: ActionShape;
}

const base = '/zones/example.com/rrsets';
const inZone = { zones: ['example.com'] };

const make = (client: Client, name: string, type: string, values: readonly string[], more: object = {}) =>
  client.post<RRSetBody>(base, { name, type, records: values.map((value) => ({ value })), ...more });

const act = (client: Client, set: string, action: string, body: object): Promise<Answer<RRSetBody>> =>
  client.post(`${base}/${set}/actions/${action}`, body);

async function read(client: Client, set: string): Promise<RRSetShape> {
  return succeeded(await client.get<RRSetBody>(`${base}/${set}`)).rrset;
}

const valuesOf = (rrset: RRSetShape): string[] => rrset.records.map((record) => record.value);

async function serial(client: Client): Promise<number> {
  return Number((await read(client, '@/SOA')).records[0]?.value.split(' ')[2]);
}

describe('a record set', () => {
  it('is made and shown', async () => {
    await withApi(inZone, async (client) => {
      const body = {
        name: 'www',
        type: 'A',
        ttl: 60,
        labels: { a: 'b' },
        records: [{ value: '203.0.113.9', comment: 'edge' }, { value: '203.0.113.10' }],
      };
      const made = succeeded(await client.post<RRSetBody>(base, body), 201);
      actionSucceeded(made, 'create_rrset');
      assert.deepEqual(made.action.resources, [{ id: made.rrset.zone, type: 'zone' }]);
      assert.deepEqual(await read(client, 'www/A'), {
        id: 'www/A',
        name: 'www',
        type: 'A',
        ttl: 60,
        labels: { a: 'b' },
        protection: { change: false },
        records: [
          { value: '203.0.113.9', comment: 'edge' },
          { value: '203.0.113.10', comment: '' },
        ],
        zone: made.rrset.zone,
      });
    });
  });

  it('needs a zone that exists', async () => {
    await withApi(inZone, async (client) => {
      const body = { name: 'www', type: 'A', records: [{ value: '203.0.113.9' }] };
      refused(await client.post('/zones/example.net/rrsets', body), 404, 'not_found');
      refused(await client.get('/zones/1/rrsets'), 404, 'not_found');
    });
  });

  for (const [name, type] of [
    ['@', 'A'],
    ['*', 'A'],
    ['*.shop', 'A'],
    ['a.b.c', 'A'],
    ['_acme-challenge.shop', 'TXT'],
  ] as const) {
    it(`may be named '${name}'`, async () => {
      await withApi(inZone, async (client) => {
        succeeded(await make(client, name, type, type === 'A' ? ['203.0.113.9'] : ['"x"']));
        succeeded(await client.get(`${base}/${encodeURIComponent(name)}/${type}`));
      });
    });
  }

  for (const name of ['WWW', 'www.', 'www.example.com', 'example.com', 'a..b', 'b.*', '', 'münchen', '-a']) {
    it(`is refused with the name '${name}'`, async () => {
      await withApi(inZone, async (client) => {
        refusedFields(await make(client, name, 'A', ['203.0.113.9']), 'name');
      });
    });
  }

  it('has a type, a TTL of at least 60 and records that differ', async () => {
    await withApi(inZone, async (client) => {
      refusedFields(await make(client, 'www', 'ALIAS', ['x']), 'type');
      refusedFields(await make(client, 'www', 'A', ['203.0.113.9'], { ttl: 59 }), 'ttl');
      refusedFields(await make(client, 'www', 'A', []), 'records');
      refusedFields(await client.post(base, { name: 'www', type: 'A' }), 'records');
      refusedFields(await make(client, 'www', 'A', ['203.0.113.9', '203.0.113.9']), 'records');
      const many = Array.from({ length: 51 }, (_, index) => `203.0.113.${index}`);
      refusedFields(await make(client, 'www', 'A', many), 'records');
    });
  });

  it('exists once', async () => {
    await withApi(inZone, async (client) => {
      succeeded(await make(client, 'www', 'A', ['203.0.113.9']));
      refused(await make(client, 'www', 'A', ['203.0.113.10']), 409, 'uniqueness_error');
      succeeded(await make(client, 'www', 'AAAA', ['2001:db8::9']));
    });
  });

  const good: Record<string, string[]> = {
    A: ['203.0.113.9'],
    AAAA: ['2001:db8::1', '::ffff:203.0.113.9'],
    CAA: ['0 issue "letsencrypt.org"', '128 iodef "mailto:ops@example.com"'],
    CNAME: ['shop.example.com.', 'shop', '@'],
    DS: ['12345 13 2 49FD46E6C4B45C55D4AC49FD46E6C4B45C55D4AC49FD46E6C4B45C55D4AC1234'],
    HINFO: ['"PC" "Linux"'],
    HTTPS: ['1 . alpn="h2,h3"', '0 shop.example.com.'],
    MX: ['10 mail.example.com.', '0 mail'],
    NS: ['ns1.example.net.'],
    PTR: ['host.example.com.'],
    RP: ['ops.example.com. txt.example.com.'],
    SRV: ['0 5 5060 sip.example.com.'],
    SVCB: ['1 svc.example.com.'],
    TLSA: ['3 1 1 AABBCC'],
    TXT: ['"v=spf1 -all"', '"one" "two"', `"${'x'.repeat(255)}"`, String.raw`"say \"hi\""`, '""'],
  };
  for (const [type, values] of Object.entries(good)) {
    for (const value of values) {
      it(`of type ${type} may hold ${value.slice(0, 50)}`, async () => {
        await withApi(inZone, async (client) => {
          succeeded(await make(client, 'x', type, [value]));
        });
      });
    }
  }

  const bad: Record<string, string[]> = {
    A: ['2001:db8::1', '203.0.113.256', '203.0.113.9 ', 'www', '01.2.3.4'],
    AAAA: ['203.0.113.9', '2001:db8:::1', '1:2:3'],
    CAA: ['issue "x"', '256 issue "x"', '0 issue x'],
    CNAME: ['two words', 'a..b'],
    MX: ['mail.example.com.', '70000 mail.', 'x mail.'],
    SRV: ['0 5 sip.'],
    TLSA: ['3 1 1 XYZ'],
    TXT: ['v=spf1 -all', '"open', `"${'x'.repeat(256)}"`, '"a""b" c'],
    DS: ['12345 13 2'],
    HTTPS: ['shop'],
  };
  for (const [type, values] of Object.entries(bad)) {
    for (const value of values) {
      it(`of type ${type} may not hold ${value.slice(0, 50)}`, async () => {
        await withApi(inZone, async (client) => {
          refusedFields(await make(client, 'x', type, [value]), 'records.0.value');
        });
      });
    }
  }

  it('of type CNAME is alone with its name, has one record and is not at the apex', async () => {
    await withApi(inZone, async (client) => {
      refused(await make(client, '@', 'CNAME', ['a.example.net.']), 422, 'invalid_input', 'apex');
      refused(await make(client, 'www', 'CNAME', ['a.', 'b.']), 422, 'invalid_input', 'more than one record');
      succeeded(await make(client, 'www', 'CNAME', ['shop']));
      refused(await make(client, 'www', 'A', ['203.0.113.9']), 422, 'invalid_input', 'beside its CNAME');
      succeeded(await make(client, 'shop', 'A', ['203.0.113.9']));
      refused(await make(client, 'shop', 'CNAME', ['www']), 422, 'invalid_input', 'beside other records');
      const more = { records: [{ value: 'other' }] };
      refused(await act(client, 'www/CNAME', 'add_records', more), 422, 'invalid_input');
      const two = { records: [{ value: 'a.' }, { value: 'b.' }] };
      refused(await act(client, 'www/CNAME', 'set_records', two), 422, 'invalid_input');
    });
  });

  it("of type SOA is Hetzner's, and its serial number rises with every change", async () => {
    await withApi(inZone, async (client) => {
      refused(await client.delete(`${base}/@/SOA`), 422, 'unsupported_error');
      refused(await act(client, '@/SOA', 'set_records', {}), 422, 'unsupported_error');
      assert.equal(await serial(client), 2_026_112_400);
      await make(client, 'www', 'A', ['203.0.113.9']);
      assert.equal(await serial(client), 2_026_112_401);
      client.clock.now += 24 * 3_600_000;
      await client.delete(`${base}/www/A`);
      assert.equal(await serial(client), 2_026_112_500);
    });
  });

  it('changes TTL, records and labels', async () => {
    await withApi(inZone, async (client) => {
      succeeded(await make(client, 'www', 'A', ['203.0.113.9'], { ttl: 300 }));
      actionSucceeded(succeeded(await act(client, 'www/A', 'change_ttl', { ttl: 60 })), 'change_rrset_ttl');
      assert.equal((await read(client, 'www/A')).ttl, 60);
      succeeded(await act(client, 'www/A', 'change_ttl', { ttl: null }));
      assert.equal((await read(client, 'www/A')).ttl, null);
      refusedFields(await act(client, 'www/A', 'change_ttl', {}), 'ttl');
      const records = [{ value: '203.0.113.10', comment: 'new' }];
      actionSucceeded(succeeded(await act(client, 'www/A', 'set_records', { records })), 'set_rrset_records');
      assert.deepEqual((await read(client, 'www/A')).records, records);
      const labelled = succeeded(await client.put<RRSetBody>(`${base}/www/A`, { labels: { a: 'b' } }));
      assert.deepEqual(labelled.rrset.labels, { a: 'b' });
    });
  });

  it('gains, loses and annotates single records', async () => {
    await withApi(inZone, async (client) => {
      const one = { records: [{ value: '203.0.113.9', comment: 'first' }], ttl: 60 };
      actionSucceeded(succeeded(await act(client, 'www/A', 'add_records', one), 201), 'add_rrset_records');
      succeeded(await act(client, 'www/A', 'add_records', { records: [{ value: '203.0.113.10' }] }));
      assert.deepEqual(valuesOf(await read(client, 'www/A')), ['203.0.113.9', '203.0.113.10']);
      refusedFields(await act(client, 'www/A', 'add_records', one), 'records');
      const otherTtl = { records: [{ value: '203.0.113.11' }], ttl: 300 };
      refusedFields(await act(client, 'www/A', 'add_records', otherTtl), 'ttl');
      const comment = { records: [{ value: '203.0.113.10', comment: 'second' }] };
      actionSucceeded(succeeded(await act(client, 'www/A', 'update_records', comment), 200), 'update_rrset_records');
      assert.equal((await read(client, 'www/A')).records[1]?.comment, 'second');
      const first = { records: [{ value: '203.0.113.9' }] };
      actionSucceeded(succeeded(await act(client, 'www/A', 'remove_records', first)), 'remove_rrset_records');
      refused(await act(client, 'www/A', 'remove_records', first), 404, 'not_found');
      refused(await act(client, 'www/A', 'update_records', first), 404, 'not_found');
      succeeded(await act(client, 'www/A', 'remove_records', { records: [{ value: '203.0.113.10' }] }));
      refused(await client.get(`${base}/www/A`), 404, 'not_found');
      refusedFields(await act(client, 'WWW/A', 'add_records', first), 'name');
      refusedFields(await act(client, 'www/ALIAS', 'add_records', first), 'type');
    });
  });

  it('does not change while it is protected', async () => {
    await withApi(inZone, async (client) => {
      succeeded(await make(client, 'www', 'A', ['203.0.113.9']));
      const on = await act(client, 'www/A', 'change_protection', { change: true });
      actionSucceeded(succeeded(on), 'change_rrset_protection');
      const records = { records: [{ value: '203.0.113.9' }] };
      const other = { records: [{ value: '203.0.113.10' }] };
      refused(await act(client, 'www/A', 'set_records', records), 423, 'protected');
      refused(await act(client, 'www/A', 'add_records', other), 423, 'protected');
      refused(await act(client, 'www/A', 'remove_records', records), 423, 'protected');
      refused(await act(client, 'www/A', 'update_records', records), 423, 'protected');
      refused(await act(client, 'www/A', 'change_ttl', { ttl: 60 }), 423, 'protected');
      refused(await client.delete(`${base}/www/A`), 423, 'protected');
      succeeded(await act(client, 'www/A', 'change_protection', { change: false }));
      actionSucceeded(succeeded(await client.delete<RRSetBody>(`${base}/www/A`), 201), 'delete_rrset');
    });
  });

  it('is found by name, type and label, 100 a page', async () => {
    await withApi(inZone, async (client) => {
      for (let index = 0; index < 101; index += 1) {
        await make(client, `h${index}`, 'A', ['203.0.113.9'], { labels: { even: String(index % 2 === 0) } });
      }
      const count = async (query: string): Promise<number> =>
        succeeded(await client.get<{ rrsets: RRSetShape[] }>(`${base}?${query}`)).rrsets.length;
      assert.deepEqual([await count('per_page=100'), await count('per_page=1000')], [100, 100]);
      assert.deepEqual([await count('name=h7'), await count('type=NS'), await count('type=NS&type=SOA')], [1, 1, 2]);
      assert.equal(await count('per_page=100&label_selector=even%3Dfalse'), 50);
    });
  });
});
