import fc from 'fast-check';
import { bundledCatalog } from '@groundplan/catalog';
import { indexLines } from '@groundplan/diagnostics';
import { analyse } from '@groundplan/model';
import { compile } from '@groundplan/terraform';
import { arbitraryTopology } from './support/arbitrary-topology.js';
import { storedProviders } from './support/provider-schemas.js';
import { checkAgainstSchemas } from './support/schema-check.js';
const docs = Object.values(storedProviders()).map((p) => p.document);
let n = 0, built = 0; let big = 0;
const codes = new Map<string, number>();
for (const text of fc.sample(arbitraryTopology(), Number(process.argv[2] ?? 200))) {
  n++;
  const { model, diagnostics } = analyse(text);
  const errors = diagnostics.filter((d) => d.severity === 'error');
  for (const d of errors) codes.set(d.code, (codes.get(d.code) ?? 0) + 1);
  if (errors.length) continue;
  const files = new Map((model.access?.sshKeys ?? []).map((k, i) => [k.value, `ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI${String.fromCharCode(65 + i)} x`]));
  const r = compile({ model, catalog: bundledCatalog, topologyFile: 't', lines: indexLines(text), files });
  const out = JSON.parse(r.value.files.get('main.tf.json')!);
  const problems = checkAgainstSchemas(out, docs);
  if (problems.length) { console.log(text); console.log(problems); process.exit(1); }
  built++; big = Math.max(big, model.hosts.length);
}
console.log(n, built, big, codes);
