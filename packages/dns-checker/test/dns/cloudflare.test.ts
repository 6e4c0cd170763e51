import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { type CloudflareApi, startCloudflareApi } from '../../../../test/support/cloudflare-api.js';
import { DnsFailure } from '../../src/dns/api.js';
import { cloudflareDns } from '../../src/dns/cloudflare.js';
import { rulesOf } from '../../src/machine/rules.js';
import { recordAtCloudflare } from '../support/apis.js';
import { regionOf, service } from '../support/settings.js';

const targets = [1, 2].map((ordinal) => ({
  name: `edge-${ordinal}`,
  a: `203.0.113.${ordinal}`,
  aaaa: `2001:db8::${ordinal}`,
}));
const { sets } = rulesOf(regionOf({ services: [service(['shop.example.com'], targets)] }));
const nothing = { addresses: [], foreign: [], outdated: false, blocked: undefined };
const set = 'shop.example.com A';
const [one = '', two = ''] = targets.map(({ a }) => a);
const both = [{ set, add: [one, two], remove: [], addresses: [one, two] }];
const comment = 'groundplan:shop';

describe('records of Cloudflare', () => {
  let api: CloudflareApi;
  let zone: string;

  beforeEach(async () => {
    api = await startCloudflareApi({ zones: ['example.com'] });
    zone = api.zones()[0]?.id ?? '';
  });

  afterEach(() => api.close());

  const dns = (changes: { token?: string; proxied?: boolean; zone?: string; zone_id?: string } = {}) => {
    const { token = api.token, ...rest } = changes;
    const settings = {
      provider: 'cloudflare',
      api: api.url,
      zone: 'example.com',
      ttl: 60,
      proxied: false,
      ...rest,
    } as const;
    return cloudflareDns(settings, token, 'shop', sets);
  };
  const records = () =>
    api.records(zone).map(({ content, ttl, proxied, comment: said }) => ({ content, ttl, proxied, comment: said }));
  const make = (record: object) => recordAtCloudflare(api, zone, { name: 'shop.example.com', ...record });

  it('are made with a comment that says whose they are', async () => {
    const client = dns();
    assert.deepEqual((await client.read()).get(set), nothing);
    await client.write(both);
    assert.deepEqual(records(), [
      { content: one, ttl: 60, proxied: false, comment },
      { content: two, ttl: 60, proxied: false, comment },
    ]);
    assert.deepEqual((await client.read()).get(set), { ...nothing, addresses: [one, two] });
  });

  it('are dropped, and those of other names and of somebody else stay', async () => {
    await make({ content: one, comment });
    await make({ content: two, comment });
    await make({ content: '192.0.2.80' });
    await make({ content: two, name: 'other.example.com', comment });
    const client = dns();
    assert.deepEqual((await client.read()).get(set), { ...nothing, addresses: [one, two], foreign: ['192.0.2.80'] });
    await client.write([{ set, add: [], remove: [two], addresses: [one] }]);
    assert.deepEqual(
      records().map(({ content }) => content),
      [one, '192.0.2.80', two],
    );
  });

  it('of a name that somebody else uses are not begun with', async () => {
    await make({ content: '192.0.2.80' });
    const found = (await dns().read()).get(set);
    assert.match(found?.blocked ?? '', /it has 192\.0\.2\.80, which Groundplan did not put there/);
  });

  it('that have the address of a balancer are taken on, and brought up to date', async () => {
    await make({ content: one, ttl: 300 });
    const client = dns({ proxied: true });
    assert.deepEqual((await client.read()).get(set), { ...nothing, addresses: [one], outdated: true });
    await client.write([{ set, add: [], remove: [], addresses: [one] }]);
    assert.deepEqual(records(), [{ content: one, ttl: 1, proxied: true, comment }]);
  });

  it('are what they should be when two hosts write at once', async () => {
    const [first, second] = [dns(), dns()];
    await Promise.all([first.write(both), second.write(both)]);
    assert.deepEqual(
      records()
        .map(({ content }) => content)
        .sort(),
      [one, two],
    );
    const drop = [{ set, add: [], remove: [two], addresses: [one] }];
    await Promise.all([first.write(drop), second.write(drop)]);
    assert.deepEqual(
      records().map(({ content }) => content),
      [one],
    );
  });

  it('are never emptied', async () => {
    await make({ content: two, comment });
    await dns().write([{ set, add: [], remove: [two], addresses: [one] }]);
    assert.deepEqual(
      records().map(({ content }) => content),
      [one],
    );
  });

  it('are read from every page', async () => {
    for (let index = 0; index < 101; index += 1) await make({ name: `a${index}.example.com`, content: '192.0.2.1' });
    await make({ content: one, comment });
    assert.deepEqual((await dns().read()).get(set)?.addresses, [one]);
  }).timeout(60_000);

  it('are found by the id of the zone without looking it up', async () => {
    await dns({ zone_id: zone }).read();
    assert.ok(!api.requests.includes('GET /zones'));
  });

  for (const [what, changes] of [
    ['a token that is none', { token: 'x' }],
    ['a token that does not see the zone', { zone: 'example.net' }],
  ] as const) {
    it(`are refused by ${what}`, async () => {
      await assert.rejects(
        dns(changes).read(),
        (error) => error instanceof DnsFailure && error.problem.kind === 'refused',
      );
    });
  }

  it('that the API does not take fail with what it says', async () => {
    await make({ type: 'CNAME', content: 'elsewhere.example.net' });
    await assert.rejects(dns().write(both), (error) => {
      assert.ok(error instanceof DnsFailure);
      assert.equal(error.problem.kind, 'unavailable');
      assert.match(error.message, /^shop\.example\.com A: 400: A CNAME record with that host already exists/);
      return true;
    });
  });
});
