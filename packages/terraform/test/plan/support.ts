import assert from 'node:assert/strict';
import { bundledCatalog } from '@groundplan/catalog';
import { type Diagnostic, positionAt } from '@groundplan/diagnostics';
import { analyse } from '@groundplan/model';
import { readPlan } from '@groundplan/plan';
import { compile, type ErrorContext, type PlacedChange, placeChanges } from '@groundplan/terraform';
import { type ShownChange, shownPlan } from '../../../../test/support/shown-plan.js';
import { publicKey } from '../../../../test/support/smallest-topology.js';

export const topology = `topology: v1
name: shop
regions:
  falkenstein: { location: fsn1 }
  helsinki: { location: hel1, apps: { web: { count: 3 } } }
arbiter: { location: nbg1 }
dns: { provider: cloudflare, zone: example.com, failover: { by: none } }
load_balancers:
  edge: { routes: { shop.example.com: app.web } }
apps:
  web:
    count: 2
    type: cx33
    port: 3000
    run: { container: "ghcr.io/acme/shop:1.4.2" }
    env: { DATABASE_URL: "\${database.main.url}" }
  worker: { run: { container: "ghcr.io/acme/shop:1.4.2" } }
databases:
  main: { engine: mariadb, volume: { size: 200GB }, replication: { between_regions: galera }, backup: bucket.dumps }
buckets:
  dumps: { location: nbg1 }
access: { ssh_keys: [keys/ops.pub], ssh_from: [198.51.100.0/24] }
`;

/** What plans of a topology are judged against. */
export function contextOf(text: string = topology): ErrorContext {
  const analysis = analyse(text);
  const errors = analysis.diagnostics.filter(({ severity }) => severity === 'error');
  assert.deepEqual(errors, [], 'the topology of a test has errors');
  const { value } = compile({
    model: analysis.model,
    catalog: bundledCatalog,
    topologyFile: 'topology.yaml',
    lines: analysis.tree.lines,
    files: new Map([['keys/ops.pub', publicKey]]),
  });
  return { analysis, trace: value.trace, mainTfJson: value.files.get('main.tf.json') ?? '', changes: [] };
}

/** The changes of a plan, at their places in the topology. */
export function placed(context: ErrorContext, changes: readonly ShownChange[]): PlacedChange[] {
  return placeChanges(context, readPlan(shownPlan(changes)));
}

/** A place as `12:5 "count"`: line and character from 1, and the text that is marked. */
export function placeText({ analysis }: ErrorContext, span: Diagnostic['span']): string {
  const { line, character } = positionAt(analysis.tree.lines, span.start);
  return `${line + 1}:${character + 1} ${analysis.tree.text.slice(span.start, span.end)}`;
}

/** Each diagnostic in one line, but those that only announce a change. */
export function said(context: ErrorContext, diagnostics: readonly Diagnostic[]): string[] {
  return diagnostics
    .filter(({ code }) => code !== 'plan/change')
    .map(({ code, severity, message, span }) => `${placeText(context, span)} | ${severity} ${code} ${message}`);
}
