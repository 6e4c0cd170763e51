import assert from 'node:assert/strict';
import { analyse, type Model } from '@groundplan/model';

/** A small topology with something else in it in some places. */
export function shop(...changes: readonly (readonly [from: string, to: string])[]): Model {
  let text = `topology: v1
name: shop
region: fsn1
dns: { provider: hetzner, zone: example.com, ttl: 60 }
load_balancers:
  edge: { mode: active-active, routes: { shop.example.com: app.web } }
apps:
  web: { port: 3000, run: { script: shop.py } }
databases:
  main: { engine: postgresql, standby: 1, durability: async, backup: bucket.dumps }
buckets:
  dumps: { location: hel1 }
access: { ssh_keys: [keys/ops.pub], ssh_from: [198.51.100.0/24] }
`;
  for (const [from, to] of changes) {
    assert.ok(text.includes(from), from);
    text = text.replace(from, to);
  }
  return analyse(text).model;
}
