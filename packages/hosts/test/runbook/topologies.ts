import assert from 'node:assert/strict';
import { type Bundle, bundleOf, type Runbook, runbookMarkdown, runbookOf } from '@groundplan/hosts/bundle';
import { analyse, type Model } from '@groundplan/model';
import { sampleNames, sampleText } from '../../../../test/support/compile-text.js';

/** What no sample has: workers and jobs, migrations, MariaDB of one region, a database alone, alerts, all kinds of targets. */
const others: Readonly<Record<string, string>> = {
  'many kinds': `topology: v1
name: shop
image: debian-13
region: fsn1
dns: { provider: hetzner, zone: example.com }
load_balancers: { edge: { tls: { mode: files, certificate: secret.TLS_CERT, key: secret.TLS_KEY }, routes: { shop.example.com: app.web } } }
apps:
  web: { port: 3000, run: { container: x }, release: { before: bin/migrate }, env: { A: "\${database.shelf.url}", B: "\${database.alone.url}" } }
  worker: { count: 7, run: { artifact: "https://example.com/a.tar.gz", sha256: "${'0'.repeat(64)}", command: ./run } }
  nightly: { schedule: daily, run: { script: job.sh } }
databases:
  shelf: { engine: mariadb, standby: 2, backup: external.box }
  alone: { standby: 0, port: 5433, backup: { to: bucket.dumps, encrypt: false, restore_test: none } }
buckets: { dumps: { location: hel1 } }
external: { box: { type: sftp, host: box.example.net, user: u1, path: /backups } }
alerts: { webhook: "https://chat.example.com/\${secret.CHAT_KEY}" }
access: { ssh_keys: [ops.pub], ssh_from: [198.51.100.0/24] }
`,
  'no database': `topology: v1
name: plain
region: hel1
load_balancers: { edge: { routes: {} } }
access: { ssh_keys: [ops.pub], ssh_from: [198.51.100.0/24] }
`,
};

export interface Written {
  readonly name: string;
  readonly model: Model;
  readonly bundles: readonly Bundle[];
  readonly runbook: Runbook;
  readonly markdown: string;
}

export function written(name: string, text: string, topologyFile = 'topology.yaml'): Written {
  const { model, diagnostics } = analyse(text);
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  assert.deepEqual(
    errors.map(({ message }) => message),
    [],
    name,
  );
  const bundles = model.hosts.flatMap((host) => bundleOf(model, host) ?? []);
  const runbook = runbookOf(model, bundles, topologyFile);
  return { name, model, bundles, runbook, markdown: runbookMarkdown(runbook) };
}

/** The runbooks of the samples. */
export const ofSamples: readonly Written[] = sampleNames().map((name) => written(name, sampleText(name)));

/** Those and what the samples do not have. */
export const all: readonly Written[] = [
  ...ofSamples,
  ...Object.entries(others).map(([name, text]) => written(name, text)),
];
