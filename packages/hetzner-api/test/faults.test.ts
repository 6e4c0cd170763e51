import assert from 'node:assert/strict';
import type { ActionShape } from '@groundplan/hetzner-api';
import { describe, it } from 'mocha';
import { type Client, refused, succeeded, withApi } from './support/client.js';
import {
  makeServer,
  makeStoppedServer,
  makeVolume,
  readServer,
  type ServerCreated,
  smallServer,
} from './support/make.js';

/** A request to the control endpoint, which wants no token. */
async function control(
  client: Client,
  method: string,
  path = '',
  body?: object,
): Promise<{ status: number; body: unknown }> {
  const response = await fetch(`${new URL(client.api.url).origin}/_groundplan/faults${path}`, {
    method,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, body: text === '' ? null : JSON.parse(text) };
}

describe('a fault', () => {
  it('answers in place of the API, as often as it is told', async () => {
    await withApi({}, async (client) => {
      client.api.faults.add({ method: 'GET', path: '/servers', count: 2, effect: { kind: 'response', status: 503 } });
      refused(await client.get('/servers'), 503, 'unavailable', 'injected fault');
      refused(await client.get('/servers?name=a'), 503, 'unavailable');
      succeeded(await client.get('/servers'));
      assert.deepEqual(client.api.faults.list(), []);
    });
  });

  it('of status 429 looks like the rate limit', async () => {
    await withApi({}, async (client) => {
      client.api.faults.add({ effect: { kind: 'response', status: 429 } });
      const answer = await client.get('/servers');
      refused(answer, 429, 'rate_limit_exceeded');
      assert.equal(answer.headers.get('RateLimit-Limit'), '3600');
    });
  });

  it('concerns only its method and path', async () => {
    await withApi({}, async (client) => {
      const server = await makeStoppedServer(client);
      client.api.faults.add({
        method: 'POST',
        path: '/servers/*/actions/poweron',
        effect: { kind: 'response', status: 500, code: 'server_error', message: 'boom' },
      });
      succeeded(await client.get('/servers'));
      succeeded(await client.post(`/servers/${server.id}/actions/poweroff`));
      refused(await client.post(`/servers/${server.id}/actions/poweron`), 500, 'server_error', 'boom');
      assert.equal((await readServer(client, server.id)).status, 'off');
    });
  });

  it('with ** concerns everything below', async () => {
    await withApi({}, async (client) => {
      client.api.faults.add({ path: '/zones/**', effect: { kind: 'response', status: 502 } });
      refused(await client.get('/zones'), 502, 'bad_gateway');
      refused(await client.get('/zones/example.com/rrsets/www/A'), 502, 'bad_gateway');
      succeeded(await client.get('/servers'));
    });
  });

  it('delays an answer', async () => {
    await withApi({}, async (client) => {
      client.api.faults.add({ count: 1, effect: { kind: 'latency', milliseconds: 60_000 } });
      const aborted = await fetch(`${client.api.url}/servers`, { signal: AbortSignal.timeout(50) }).catch(
        () => 'aborted',
      );
      assert.equal(aborted, 'aborted');
      succeeded(await client.get('/servers'));
    });
  });

  it('breaks a connection', async () => {
    await withApi({}, async (client) => {
      client.api.faults.add({ count: 1, effect: { kind: 'disconnect' } });
      await assert.rejects(client.get('/servers'));
      assert.equal(client.api.requests().at(-1)?.status, 0);
      succeeded(await client.get('/servers'));
    });
  });

  it('lets an action fail, which then changes nothing', async () => {
    await withApi({}, async (client) => {
      const server = await makeServer(client);
      const volume = await makeVolume(client);
      client.api.faults.add({
        path: '/volumes/*/actions/attach',
        count: 1,
        effect: { kind: 'action', code: 'action_failed', message: 'no room' },
      });
      const attach = async (): Promise<ActionShape> =>
        succeeded(
          await client.post<{ action: ActionShape }>(`/volumes/${volume.id}/actions/attach`, { server: server.id }),
          201,
        ).action;
      const failed = await attach();
      assert.equal(failed.status, 'error');
      assert.deepEqual(failed.error, { code: 'action_failed', message: 'no room' });
      assert.deepEqual((await readServer(client, server.id)).volumes, []);
      assert.equal((await attach()).status, 'success');
      assert.deepEqual((await readServer(client, server.id)).volumes, [volume.id]);
    });
  });

  it('lets a creation fail together with what should have followed', async () => {
    await withApi({}, async (client) => {
      client.api.faults.add({ effect: { kind: 'action', code: 'action_failed', message: 'no host' } });
      const created = succeeded(await client.post<ServerCreated>('/servers', smallServer));
      assert.deepEqual(
        [created.action, ...created.next_actions].map((action) => [action.command, action.error?.code]),
        [
          ['create_server', 'action_failed'],
          ['start_server', 'canceled'],
        ],
      );
      assert.equal((await readServer(client, created.server.id)).status, 'off');
    });
  });

  it('is added, listed and removed over HTTP', async () => {
    await withApi({}, async (client) => {
      const fault = { method: 'GET', path: '/servers', count: 3, effect: { kind: 'response', status: 504 } };
      assert.deepEqual(await control(client, 'POST', '', fault), { status: 201, body: { id: 1 } });
      refused(await client.get('/servers'), 504, 'timeout');
      assert.deepEqual(await control(client, 'GET'), { status: 200, body: { faults: [{ ...fault, id: 1, hits: 1 }] } });
      assert.deepEqual(await control(client, 'DELETE', '/1'), { status: 204, body: null });
      assert.equal((await control(client, 'DELETE', '/1')).status, 404);
      succeeded(await client.get('/servers'));
      await control(client, 'POST', '', { effect: { kind: 'disconnect' } });
      assert.equal((await control(client, 'DELETE')).status, 204);
      assert.deepEqual(client.api.faults.list(), []);
    });
  });

  it('that makes no sense is refused over HTTP', async () => {
    await withApi({}, async (client) => {
      for (const fault of [
        {},
        { effect: { kind: 'fire' } },
        { effect: { kind: 'response', status: 200 } },
        { effect: { kind: 'latency' } },
        { effect: { kind: 'action', code: 'x' } },
        { count: 0, effect: { kind: 'disconnect' } },
      ]) {
        assert.equal((await control(client, 'POST', '', fault)).status, 422, JSON.stringify(fault));
      }
      assert.equal((await control(client, 'PUT')).status, 405);
    });
  });
});
