import assert from 'node:assert/strict';
import { X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { get } from 'node:https';
import type { AddressInfo } from 'node:net';
import { describe, it } from 'mocha';
import { needs } from '../../../../test/support/needs.js';
import { makeAuthority, trustFiles } from '../../src/lab/authority.js';
import { startSecureFront } from '../../src/lab/secure-front.js';

describe('the authority of a rehearsal', function () {
  this.timeout(60_000);

  it('certifies all names at once, and is known to hosts by its hash', async function () {
    needs(this, 'openssl');
    const authority = await makeAuthority(['api.hetzner.cloud', 'shop.example.com']);
    const { certificate } = authority.server;
    const server = new X509Certificate(certificate);
    assert.ok(server.verify(new X509Certificate(authority.certificate).publicKey));
    assert.ok(server.checkHost('shop.example.com'));
    assert.equal(server.checkHost('other.example.com'), undefined);
    assert.equal(trustFiles(authority).get(`/etc/ssl/certs/${authority.hash}.0`), authority.certificate);
  });

  it('stands before a server that speaks no TLS, which gets what was asked as it was', async function () {
    needs(this, 'openssl');
    const authority = await makeAuthority(['api.hetzner.cloud']);
    const inner = createServer((asked, answer) => answer.end(`${asked.method} ${asked.headers.host} ${asked.url}`));
    inner.listen(0, '127.0.0.1');
    await once(inner, 'listening');
    const front = await startSecureFront(authority, (inner.address() as AddressInfo).port);
    try {
      const asked = get({
        host: '127.0.0.1',
        port: front.port,
        path: '/v1/servers?page=2',
        servername: 'api.hetzner.cloud',
        headers: { Host: 'api.hetzner.cloud' },
        ca: authority.certificate,
        agent: false,
      });
      const [answer] = await once(asked, 'response');
      const chunks: Buffer[] = [];
      for await (const chunk of answer) chunks.push(chunk as Buffer);
      assert.equal(Buffer.concat(chunks).toString(), 'GET api.hetzner.cloud /v1/servers?page=2');
    } finally {
      await front.close();
      inner.close();
    }
  });
});
