import assert from 'node:assert/strict';
import { analyse } from '@groundplan/model';
import { describe, it } from 'mocha';

const sound = `topology: v1
name: shop
regions:
  falkenstein: { location: fsn1 }
  helsinki: { location: hel1 }
arbiter: { location: nbg1 }
dns: { provider: cloudflare, zone: example.com }
load_balancers:
  edge: { routes: { shop.example.com: app.web } }
apps:
  web: { type: cx33, count: 3, port: 3000, drain: 20s, run: { container: "ghcr.io/acme/shop:1.4.2" }, env: { URL: "\${database.main.url}", HOST: "\${bucket.static.host}" } }
databases:
  # groundplan-ignore-next-line database/commit-latency: it can wait
  main: { engine: mariadb, backup: bucket.dumps }
buckets:
  dumps: { location: nbg1 }
  static: { location: fsn1 }
access: { ssh_keys: [keys/ops.pub], ssh_from: [198.51.100.0/24] }
`;

/** What is written, what is written instead, and all that is said then, with what is marked. */
const mistakes: readonly (readonly [written: string, instead: string, said: string])[] = [
  ['location: hel1 }', 'location: hel2 }', 'schema/enum hel2'],
  ['location: hel1 }', '}', 'schema/missing-key helsinki'],
  ['location: hel1 }', 'location: fsn1 }', 'region/cidr-overlap helsinki'],
  ['location: hel1 }', 'location: hel1, cidr: nonsense }', 'schema/format nonsense'],
  ['location: hel1 }', 'location: hel1, cidr: 10.30.0.1/16 }', 'schema/format 10.30.0.1/16'],
  ['location: hel1 }', 'location: hel1, cidr: 10.30.0.1/20 }', 'region/cidr-size 10.30.0.1/20'],
  ['location: hel1 }', 'location: hel1, cidr: 0.0.0.0/0 }', 'region/cidr-reserved 0.0.0.0/0'],
  ['location: hel1 }', 'location: hel1, cidr: 10.0.0.0/8 }', 'region/cidr-size 10.0.0.0/8'],
  ['location: hel1 }', 'location: ash }', 'region/type-unavailable cx33'],
  ['{ location: nbg1 }\ndns', '{ location: nbg7 }\ndns', 'schema/enum nbg7'],
  ['{ location: nbg1 }\ndns', '{}\ndns', 'schema/missing-key arbiter'],
  ['arbiter: { location: nbg1 }\n', '', 'database/no-arbiter mariadb'],
  ['provider: cloudflare', 'provider: cloudflair', 'schema/enum cloudflair'],
  ['provider: cloudflare, ', '', 'schema/missing-key dns'],
  [', zone: example.com', '', 'schema/missing-key dns'],
  ['zone: example.com', 'zone: "example .com"', 'schema/format "example .com"'],
  ['zone: example.com', 'zone: exmaple.com', 'dns/outside-zone shop.example.com'],
  ['app.web', 'app.wbe', 'reference/unknown app.wbe'],
  ['app.web', 'bucket.static', 'reference/wrong-kind bucket.static'],
  ['type: cx33', 'type: cx', 'schema/format cx'],
  ['type: cx33', 'type: cx99', 'region/type-unavailable cx99'],
  ['count: 3', 'count: three', 'schema/type three'],
  ['count: 3', 'count: 500', 'schema/range 500'],
  ['port: 3000', 'port: 3306', 'app/port-clash 3306'],
  ['port: 3000, ', '', ''],
  ['drain: 20s', 'drain: 20', 'schema/type 20'],
  ['drain: 20s', 'drain: 2h', 'app/drain-too-long 2h'],
  ['database.main.url', 'database.mian.url', 'reference/unknown database.mian'],
  ['database.main.url', 'databse.main.url', 'reference/unknown databse.main'],
  ['bucket.static.host', 'bucket.static.hots', 'reference/unknown-output hots'],
  ['bucket.static.host', 'bucket.static', 'reference/syntax bucket.static'],
  ['bucket.static.host', 'bucket.statics.host', 'reference/unknown bucket.statics'],
  ['"${bucket.static.host}"', 'x', 'reference/unused static'],
  ['backup: bucket.dumps', 'backup: bucket.dump', 'reference/unknown bucket.dump'],
  ['backup: bucket.dumps', 'backup: app.web', 'reference/wrong-kind app.web'],
  ['198.51.100.0/24', '::/0', 'access/ssh-open ::/0'],
  ['198.51.100.0/24', 'everywhere', 'schema/format everywhere'],
];

describe('one mistake is told once', () => {
  for (const [written, instead, said] of mistakes) {
    it(`${JSON.stringify(written)} → ${JSON.stringify(instead)}`, () => {
      assert.ok(sound.includes(written));
      const text = sound.replace(written, () => instead);
      const told = analyse(text).diagnostics.filter(
        ({ code }) => code !== 'database/commit-latency' && code !== 'suppression/unused',
      );
      assert.deepEqual(told.map(({ code, span }) => `${code} ${text.slice(span.start, span.end)}`).join(', '), said);
    });
  }
});
