import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { refused, succeeded, withApi } from './support/client.js';
import { makeSshKey } from './support/make.js';

describe('tokens', () => {
  it('must have 64 characters', async () => {
    await withApi({}, async (client) => {
      refused(await client.as('t'.repeat(63)).get('/servers'), 401, 'unauthorized', 'unable to authenticate');
      refused(await client.as('t'.repeat(65)).get('/servers'), 401, 'unauthorized');
      refused(await client.as('').get('/servers'), 401, 'unauthorized');
      succeeded(await client.get('/servers'));
    });
  });

  it('must be sent as Bearer', async () => {
    await withApi({}, async ({ api }) => {
      const response = await fetch(`${api.url}/servers`, { headers: { Authorization: 't'.repeat(64) } });
      assert.equal(response.status, 401);
    });
  });

  it('each have a project of their own, of which another token sees nothing', async () => {
    await withApi({}, async (client) => {
      const key = await makeSshKey(client);
      const other = client.as('u'.repeat(64));
      assert.deepEqual(succeeded(await other.get<{ ssh_keys: unknown[] }>('/ssh_keys')).ssh_keys, []);
      refused(await other.get(`/ssh_keys/${key.id}`), 404, 'not_found');
      refused(await other.delete(`/ssh_keys/${key.id}`), 404, 'not_found');
      await makeSshKey(other);
    });
  });

  it('may be limited to a table, where two can share a project and one can be read-only', async () => {
    const writer = 'w'.repeat(64);
    const reader = 'r'.repeat(64);
    const tokens = {
      [writer]: { project: 'shop', permission: 'read-write' },
      [reader]: { project: 'shop', permission: 'read' },
    } as const;
    await withApi({ tokens }, async (client) => {
      refused(await client.get('/servers'), 401, 'unauthorized');
      const key = await makeSshKey(client.as(writer));
      succeeded(await client.as(reader).get(`/ssh_keys/${key.id}`));
      refused(await client.as(reader).delete(`/ssh_keys/${key.id}`), 401, 'token_readonly');
      refused(await client.as(reader).post('/networks', {}), 401, 'token_readonly');
      refused(await client.as(reader).put(`/ssh_keys/${key.id}`, {}), 401, 'token_readonly');
    });
  });

  it('are not looked up on the prototype of the table', async () => {
    await withApi({ tokens: {} }, async (client) => {
      refused(await client.as('constructor'.padEnd(64, '_')).get('/servers'), 401, 'unauthorized');
    });
  });
});

describe('requests', () => {
  it('outside the API are not found', async () => {
    await withApi({}, async (client) => {
      refused(await client.get('/load_balancers'), 404, 'not_found');
      refused(await client.get('/constructor'), 404, 'not_found');
      const response = await fetch(client.api.url.replace('/v1', '/v2/servers'));
      assert.equal(response.status, 404);
    });
  });

  it('with a wrong method are refused', async () => {
    await withApi({}, async (client) => {
      refused(await client.put('/servers', {}), 405, 'method_not_allowed');
    });
  });

  it('with a body that is no JSON object are refused', async () => {
    await withApi({}, async ({ api }) => {
      for (const body of ['{', '[]', '"text"', '{"name": }']) {
        const headers = { Authorization: `Bearer ${'t'.repeat(64)}` };
        const response = await fetch(`${api.url}/ssh_keys`, { method: 'POST', headers, body });
        assert.equal(response.status, 400, body);
        assert.equal(((await response.json()) as { error: { code: string } }).error.code, 'json_error');
      }
    });
  });

  it('with an enormous body are refused', async () => {
    await withApi({}, async (client) => {
      refused(await client.post('/ssh_keys', { name: 'x'.repeat(2_000_000) }), 413, 'json_error');
    });
  });

  it('are logged with method, path and status', async () => {
    await withApi({}, async (client) => {
      await client.get('/servers?name=a');
      await client.get('/servers/1');
      assert.deepEqual(client.api.requests(), [
        { method: 'GET', path: '/servers?name=a', status: 200 },
        { method: 'GET', path: '/servers/1', status: 404 },
      ]);
    });
  });

  it('carry a correlation id in every answer', async () => {
    await withApi({}, async (client) => {
      assert.match((await client.get('/servers')).headers.get('X-Correlation-Id') ?? '', /^[0-9a-f]{16}$/);
    });
  });
});
