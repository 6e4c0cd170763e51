import assert from 'node:assert/strict';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { attemptsOf, checkLedger, isClean, type LoadEvent, summaryOf } from '@groundplan/rehearsal';
import { describe, it } from 'mocha';
import { type Answer, type Client, makeClient } from '../../src/load/client.js';
import { generateLoad } from '../../src/load/generate.js';
import { makeNameCache } from '../../src/load/names.js';

interface Served {
  readonly client: Client;
  readonly url: string;
  readonly connections: readonly Socket[];
}

/** A server on loopback and a client that knows it as `shop.example.com`, by these addresses. */
async function serving(
  listener: RequestListener,
  work: (served: Served) => Promise<void>,
  addresses = ['127.0.0.1'],
): Promise<void> {
  const connections: Socket[] = [];
  const server = createServer({ keepAlive: true }, listener);
  server.on('connection', (socket) => connections.push(socket));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const resolve = async () => addresses.map((address) => ({ address, ttl: 60 }));
  const client = makeClient({ names: makeNameCache(resolve, Date.now), connectTimeout: 1000, timeout: 2000 });
  try {
    const { port } = server.address() as AddressInfo;
    await work({ client, url: `http://shop.example.com:${port}`, connections });
  } finally {
    client.close();
    server.closeAllConnections();
    await new Promise((closed) => server.close(closed));
  }
}

function statusOf(answer: Answer): number | string {
  return answer.kind === 'answer' ? answer.status : answer.reason;
}

describe('a client that is like a browser', () => {
  it('keeps its connection', () =>
    serving(
      (_, response) => response.end('ok'),
      async ({ client, url, connections }) => {
        for (let count = 0; count < 3; count += 1)
          assert.equal(statusOf(await client.send({ method: 'GET', url })), 200);
        assert.equal(connections.length, 1);
      },
    ));

  it('tries the next address when one does not take it', () =>
    serving(
      (_, response) => response.end('ok'),
      async ({ client, url }) => {
        const answer = await client.send({ method: 'POST', url, body: '{}' });
        assert.equal(answer.kind === 'answer' && answer.address, '127.0.0.1');
      },
      ['127.0.0.2', '127.0.0.1'],
    ));

  it('fails when no address takes it, and knows that nothing was sent', () =>
    serving(
      (_, response) => response.end('ok'),
      async ({ client, url }) => {
        const answer = await client.send({ method: 'GET', url });
        assert.ok(answer.kind === 'failure');
        assert.match(answer.reason, /ECONNREFUSED/);
        assert.equal(answer.sent, false);
      },
      ['127.0.0.2'],
    ));

  for (const [method, expected] of [
    ['GET', 'answer'],
    ['PUT', 'answer'],
    ['POST', 'failure'],
  ] as const) {
    it(`${expected === 'answer' ? 'repeats' : 'does not repeat'} a ${method} when a connection that it kept breaks`, () => {
      let seen = 0;
      return serving(
        (request, response) => {
          seen += 1;
          if (seen === 2) request.socket.destroy();
          else response.end('ok');
        },
        async ({ client, url }) => {
          await client.send({ method: 'GET', url });
          const answer = await client.send({ method, url });
          assert.equal(answer.kind, expected);
          assert.equal(answer.kind === 'failure' && answer.sent, expected === 'failure');
          assert.equal(seen, expected === 'answer' ? 3 : 2);
        },
      );
    });
  }

  it('does not repeat what breaks on a new connection', () => {
    let seen = 0;
    return serving(
      (request) => {
        seen += 1;
        request.socket.destroy();
      },
      async ({ client, url }) => {
        assert.equal((await client.send({ method: 'GET', url })).kind, 'failure');
        assert.equal(seen, 1);
      },
    );
  });
});

describe('load', () => {
  it('is made at a steady rate, in turn, and its writes can be held against what is stored', () => {
    const stored: string[] = [];
    const listener: RequestListener = (request, response) => {
      const id = request.url?.split('/').at(-1) ?? '';
      if (request.method === 'POST' && id === 'u-3') {
        // Written, but the answer is lost.
        stored.push(id);
        request.socket.destroy();
        return;
      }
      if (request.method === 'POST') stored.push(id);
      response.statusCode = request.method === 'POST' ? 201 : 200;
      response.end();
    };
    return serving(listener, async ({ client, url }) => {
      const events: LoadEvent[] = [];
      const plan = {
        base: url,
        perSecond: 200,
        seconds: 0.05,
        kinds: [
          { name: 'read', method: 'GET', path: '/', writes: false },
          { name: 'write', method: 'POST', path: '/writes/{id}', body: '{"id":"{id}"}', writes: true },
        ],
        idPrefix: 'u-',
      };
      await generateLoad(plan, client, (event) => events.push(event), new AbortController().signal);
      assert.equal(events.length, 10);
      const findings = checkLedger(attemptsOf(events), stored);
      assert.ok(isClean(findings));
      assert.deepEqual([findings.acknowledged, findings.unknown], [4, { stored: 1, absent: 0 }]);
      const summary = summaryOf(events);
      assert.deepEqual([summary.requests, summary.failed, summary.byAddress], [10, 1, { '127.0.0.1': 9 }]);
    });
  });

  it('ends early when it is told to', () =>
    serving(
      (_, response) => response.end(),
      async ({ client, url }) => {
        const stop = new AbortController();
        const events: LoadEvent[] = [];
        const kinds = [{ name: 'read', method: 'GET', path: '/', writes: false }];
        const plan = { base: url, perSecond: 100, seconds: 3600, kinds, idPrefix: '' };
        const emit = (event: LoadEvent): void => {
          events.push(event);
          if (events.length === 3) stop.abort();
        };
        await generateLoad(plan, client, emit, stop.signal);
        assert.ok(events.length >= 3);
      },
    ));
});
