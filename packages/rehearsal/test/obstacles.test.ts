import assert from 'node:assert/strict';
import { obstacles } from '@groundplan/rehearsal';
import { describe, it } from 'mocha';
import { shop } from './support/shop.js';

describe('what keeps a topology from being rehearsed', () => {
  it('is nothing for scripts in one region', () => {
    assert.deepEqual(obstacles(shop()), []);
  });

  for (const [from, to, said] of [
    [
      '{ script: shop.py }',
      '{ container: "ghcr.io/acme/shop:1" }',
      'app.web is not a script but comes from the internet',
    ],
    ['provider: hetzner', 'provider: cloudflare', 'its zone is not at Hetzner DNS'],
    ['routes:', 'tls: { mode: acme, email: ops@example.com }, routes:', 'load_balancer.edge has certificates by ACME'],
    ['{ shop.example.com: app.web }', '{}', 'no user can reach it: it has no route'],
    ['[198.51.100.0/24]', '["2001:db8::/32"]', 'access.ssh_from has no IPv4 range from which to log in'],
    ['region: fsn1', 'image: ubuntu-24.04\nregion: fsn1', 'its hosts run Ubuntu'],
  ] as const) {
    it(`is named: ${said}`, () => assert.deepEqual(obstacles(shop([from, to])), [said]));
  }
});
