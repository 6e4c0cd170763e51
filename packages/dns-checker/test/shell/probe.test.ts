import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { describe, it } from 'mocha';
import { needs } from '../../../../test/support/needs.js';
import { dummyPair } from '../../../hosts/test/bundle/stage.js';
import type { Target } from '../../src/machine/rules.js';
import { probe, resultOf } from '../../src/shell/probe.js';

async function asked(server: Server, changes: Partial<Target> = {}, patience = 1000) {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const target: Target = {
    id: 'a',
    name: 'edge-1',
    address: '127.0.0.1',
    type: 'A',
    site: 'shop.example.com',
    protocol: 'http',
    port,
    ...changes,
  };
  try {
    return await probe(target, patience);
  } finally {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
}

describe('a probe', () => {
  it('asks for the health of the region, by the host name that users ask for', async () => {
    const seen: (string | undefined)[] = [];
    const server = createServer((request, response) => {
      seen.push(request.method, request.url, request.headers.host);
      response.end('healthy');
    });
    assert.deepEqual(await asked(server), { kind: 'healthy' });
    assert.deepEqual(seen, ['GET', '/_region/health', 'shop.example.com']);
  });

  it('asks over HTTPS with the name, and takes a certificate that nobody trusts yet', async function () {
    needs(this, 'openssl');
    const { key, certificate } = dummyPair();
    const names: (string | false | undefined)[] = [];
    const server = createSecureServer({ key, cert: certificate }, (request, response) => {
      names.push((request.socket as import('node:tls').TLSSocket & { servername?: string }).servername);
      response.end('healthy');
    });
    assert.deepEqual(await asked(server as unknown as Server, { protocol: 'https' }), { kind: 'healthy' });
    assert.deepEqual(names, ['shop.example.com']);
  });

  it('says how long it waited for one that never answers', async () => {
    assert.deepEqual(
      await asked(
        createServer(() => {}),
        {},
        300,
      ),
      { kind: 'failing', reason: 'no answer within 0.3 s' },
    );
  });

  it('says that nobody listens', async () => {
    const server = createServer();
    const { kind, reason } = (await asked(server, { port: 1 })) as { kind: string; reason: string };
    assert.deepEqual([kind, reason], ['failing', 'connection refused']);
  });
});

describe('the answer of a balancer', () => {
  const cases = [
    [200, 'healthy', { kind: 'healthy' }],
    [503, 'app.web: no server is healthy', { kind: 'failing', reason: 'app.web: no server is healthy' }],
    [503, 'database.main: there is no primary', { kind: 'database', reason: 'database.main: there is no primary' }],
    [503, 'balancer: in maintenance', { kind: 'failing', reason: 'balancer: in maintenance' }],
    [404, 'no app for this host name and path', { kind: 'failing', reason: 'answers 404' }],
    [308, '', { kind: 'failing', reason: 'answers 308' }],
    [503, '', { kind: 'failing', reason: 'answers 503' }],
    [503, `a\nb${'c'.repeat(200)}`, { kind: 'failing', reason: `ab${'c'.repeat(118)}` }],
  ] as const;
  for (const [status, body, result] of cases)
    it(`${status} ${JSON.stringify(body.slice(0, 40))} is ${result.kind}`, () =>
      assert.deepEqual(resultOf(status, body), result));
});
