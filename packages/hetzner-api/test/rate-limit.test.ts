import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { noon, refused, succeeded, withApi } from './support/client.js';

const limits = (headers: Headers): (string | null)[] =>
  ['RateLimit-Limit', 'RateLimit-Remaining', 'RateLimit-Reset'].map((name) => headers.get(name));

describe('the rate limit', () => {
  it('is 3600 requests an hour, and every answer says what is left', async () => {
    await withApi({}, async (client) => {
      await client.get('/servers');
      const answer = await client.get('/servers/1');
      assert.deepEqual(limits(answer.headers), ['3600', '3598', String(noon / 1000 + 2)]);
    });
  });

  it('refuses what is beyond it and refills by one a second', async () => {
    await withApi({}, async (client) => {
      for (let count = 0; count < 3600; count += 1) await client.get('/servers');
      const answer = await client.get('/servers');
      refused(answer, 429, 'rate_limit_exceeded');
      assert.deepEqual(limits(answer.headers), ['3600', '0', String(noon / 1000 + 3600)]);
      client.clock.now += 999;
      refused(await client.get('/servers'), 429, 'rate_limit_exceeded');
      client.clock.now += 1;
      succeeded(await client.get('/servers'));
      refused(await client.get('/servers'), 429, 'rate_limit_exceeded');
      client.clock.now += 3_600_000;
      assert.equal((await client.get('/servers')).headers.get('RateLimit-Remaining'), '3599');
    });
  });

  it('counts each project by itself, and bad tokens together', async () => {
    await withApi({ quotas: { requestsPerHour: 1 } }, async (client) => {
      succeeded(await client.get('/servers'));
      refused(await client.get('/servers'), 429, 'rate_limit_exceeded');
      succeeded(await client.as('u'.repeat(64)).get('/servers'));
      refused(await client.as('bad').get('/servers'), 401, 'unauthorized');
      refused(await client.as('worse').get('/servers'), 429, 'rate_limit_exceeded');
    });
  });
});
