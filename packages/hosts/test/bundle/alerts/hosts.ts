import assert from 'node:assert/strict';
import { type Bundle, bundleOf } from '@groundplan/hosts/bundle';
import { analyse, type Model } from '@groundplan/model';

export const programs = '/usr/local/lib/groundplan';

/** A topology with a balancer, two servers of an app, and what else is written. */
export function topology(rest: string): Model {
  const { model, diagnostics } = analyse(`topology: v1
name: shop
region: fsn1
dns: { provider: hetzner, zone: example.com, failover: { by: none } }
load_balancers: { edge: { tls: { mode: acme, email: ops@example.com }, routes: { shop.example.com: app.web } } }
apps: { web: { port: 3000, run: { container: shop } } }
access: { ssh_keys: [ops.pub], ssh_from: [198.51.100.0/24] }
${rest}
`);
  assert.deepEqual(
    diagnostics.filter(({ severity }) => severity === 'error').map(({ message }) => message),
    [],
  );
  return model;
}

export function bundle(model: Model, key: string): Bundle {
  const host = model.hosts.find((candidate) => candidate.key === key);
  const made = host && bundleOf(model, host);
  assert.ok(made);
  return made;
}

/** A host that tells a webhook. */
export const told = () => bundle(topology('alerts: { webhook: secret.HOOK }'), 'fsn1_app_web_1');
/** A host that tells nobody. */
export const silent = () => bundle(topology(''), 'fsn1_app_web_1');
