import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { type CloudflareApi, startCloudflareApi } from '../support/cloudflare-api.js';

interface Envelope {
  success: boolean;
  result: unknown;
  errors: { code: number; message: string; error_chain?: { code: number; message: string }[] }[];
  messages: unknown[];
  result_info?: object;
}

const address = { type: 'A', name: 'shop', content: '203.0.113.1', ttl: 60 };

describe('the Cloudflare API stand-in', () => {
  let api: CloudflareApi;
  let zoneId: string;
  beforeEach(async () => {
    api = await startCloudflareApi();
    zoneId = api.addZone('example.com').id;
  });
  afterEach(() => api.close());

  const call = async (method: string, path: string, body?: object, token: string | undefined = api.token) => {
    const response = await fetch(`${api.url}${path}`, {
      method,
      headers: token === '' ? {} : { authorization: `Bearer ${token}` },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return { status: response.status, ...((await response.json()) as Envelope) };
  };
  const create = (fields: object) => call('POST', `/zones/${zoneId}/dns_records`, { ...address, ...fields });
  const refusal = async (fields: object) => {
    const { status, errors } = await create(fields);
    assert.equal(status, 400);
    const [error] = errors;
    assert.ok(error);
    return error.error_chain?.[0]?.code ?? error.code;
  };

  it('answers in the envelope of the v4 API', async () => {
    const answer = await create({});
    assert.deepEqual([answer.status, answer.success, answer.errors, answer.messages], [200, true, [], []]);
    const { id, created_on, modified_on, ...record } = answer.result as Record<string, unknown>;
    assert.match(String(id), /^[0-9a-f]{32}$/);
    assert.equal(created_on, modified_on);
    assert.deepEqual(record, {
      name: 'shop.example.com',
      type: 'A',
      content: '203.0.113.1',
      ttl: 60,
      proxied: false,
      proxiable: true,
      comment: null,
      tags: [],
      settings: {},
      meta: {},
    });
  });

  it('wants a token, and the right one', async () => {
    const without = await call('GET', '/zones', undefined, '');
    assert.deepEqual([without.status, without.errors[0]?.code], [400, 9106]);
    const wrong = await call('GET', '/zones', undefined, 'wrong');
    assert.deepEqual([wrong.status, wrong.success, wrong.errors[0]?.code], [403, false, 9109]);
  });

  it('lists page by page', async () => {
    for (const last of [1, 2, 3, 4, 5]) await create({ name: `host-${last}` });
    const { result, result_info } = await call('GET', `/zones/${zoneId}/dns_records?per_page=2&page=3`);
    assert.deepEqual(
      (result as { name: string }[]).map(({ name }) => name),
      ['host-5.example.com'],
    );
    assert.deepEqual(result_info, { page: 3, per_page: 2, count: 1, total_count: 5, total_pages: 3 });
  });

  it('finds zones by name and records by name, type and content', async () => {
    api.addZone('example.net');
    await create({});
    await create({ type: 'AAAA', content: '2001:db8::1' });
    const count = async (path: string) => ((await call('GET', path)).result as unknown[]).length;
    assert.equal(await count('/zones'), 2);
    assert.equal(await count('/zones?name=example.net'), 1);
    assert.equal(await count(`/zones/${zoneId}/dns_records?name=shop.example.com`), 2);
    assert.equal(await count(`/zones/${zoneId}/dns_records?name.exact=shop.example.com&type=AAAA`), 1);
    assert.equal(await count(`/zones/${zoneId}/dns_records?content=203.0.113.2`), 0);
  });

  it('changes a part with PATCH and all of it with PUT, and deletes', async () => {
    const { id } = (await create({ comment: 'first' })).result as { id: string };
    const path = `/zones/${zoneId}/dns_records/${id}`;
    await call('PATCH', path, { ttl: 300 });
    assert.deepEqual(
      api.records(zoneId).map(({ ttl, comment }) => [ttl, comment]),
      [[300, 'first']],
    );
    await call('PUT', path, { ...address, content: '203.0.113.2' });
    assert.deepEqual(
      api.records(zoneId).map(({ content, comment }) => [content, comment]),
      [['203.0.113.2', null]],
    );
    assert.deepEqual((await call('DELETE', path)).result, { id });
    const gone = await call('GET', path);
    assert.deepEqual([gone.status, gone.errors[0]?.code], [404, 81044]);
  });

  const refusals: [title: string, fields: object, code: number][] = [
    ['a type that it does not know', { type: 'AX' }, 9002],
    ['a record without a name', { name: '' }, 9000],
    ['an A record that is no IPv4 address', { content: '2001:db8::1' }, 9005],
    ['an AAAA record that is no IPv6 address', { type: 'AAAA' }, 9006],
    ['a TTL below 60', { ttl: 59 }, 9021],
    ['a TTL above 86400', { ttl: 86_401 }, 9021],
    ['a proxied record with a TTL of its own', { proxied: true, ttl: 60 }, 9021],
    ['a proxied TXT record', { type: 'TXT', content: 'text', proxied: true, ttl: 1 }, 9004],
  ];
  for (const [title, fields, code] of refusals) {
    it(`refuses ${title}`, async () => {
      assert.equal(await refusal(fields), code);
      assert.deepEqual(api.records(zoneId), []);
    });
  }

  it('takes a TTL of 1, 60 and 86400', async () => {
    for (const ttl of [1, 60, 86_400]) assert.equal((await create({ name: `ttl-${ttl}`, ttl })).status, 200);
  });

  it('refuses an identical record, and lets an address stand beside another', async () => {
    await create({});
    assert.equal(await refusal({ ttl: 300 }), 81058);
    assert.equal((await create({ content: '203.0.113.2' })).status, 200);
    assert.equal((await create({ type: 'AAAA', content: '2001:db8::1' })).status, 200);
  });

  it('refuses an alias beside an address, and an address beside an alias', async () => {
    await create({});
    await create({ name: 'alias', type: 'CNAME', content: 'example.net' });
    assert.equal(await refusal({ type: 'CNAME', content: 'example.net' }), 81053);
    assert.equal(await refusal({ name: 'alias', type: 'CNAME', content: 'example.org' }), 81053);
    assert.equal(await refusal({ name: 'alias' }), 81054);
    assert.equal((await create({ name: 'alias', type: 'TXT', content: 'text' })).status, 200);
  });

  it('refuses a zone twice, and knows no other zones', async () => {
    assert.equal((await call('POST', '/zones', { name: 'example.com' })).errors[0]?.code, 1061);
    const unknown = await call('GET', `/zones/${'f'.repeat(32)}/dns_records`);
    assert.deepEqual([unknown.status, unknown.errors[0]?.code], [404, 7003]);
  });
});
