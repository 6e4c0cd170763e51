import assert from 'node:assert/strict';
import { type Bundle, bundleOf } from '@groundplan/hosts/bundle';
import type { Host, Model } from '@groundplan/model';

/** The host with a key; there must be one. */
export function hostIn(model: Model, key: string): Host {
  const host = model.hosts.find((each) => each.key === key);
  assert.ok(host, key);
  return host;
}

/** What that host is given; it must be something. */
export function bundleIn(model: Model, key: string): Bundle {
  const bundle = bundleOf(model, hostIn(model, key));
  assert.ok(bundle, key);
  return bundle;
}
