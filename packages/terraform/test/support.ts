import assert from 'node:assert/strict';
import { bundledCatalog } from '@groundplan/catalog';
import { type Diagnostic, indexLines } from '@groundplan/diagnostics';
import { analyse, namedFiles } from '@groundplan/model';
import type { Trace } from '@groundplan/plan';
import { compile } from '@groundplan/terraform';

export const publicKey =
  'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAw ops@example.com';

type Block = Record<string, unknown>;
type Blocks = Record<string, Record<string, Block>>;

export interface RootModule {
  readonly terraform: {
    readonly backend: Block;
    readonly required_providers: Block;
    readonly required_version: string;
  };
  readonly provider: Record<string, Block[]>;
  readonly variable: Record<string, Block>;
  readonly locals: Block;
  readonly data: Blocks;
  readonly resource: Blocks;
  readonly output: Record<string, { value: Block }>;
}

export interface Outcome {
  readonly main: string;
  readonly module: RootModule;
  readonly trace: Trace;
  readonly diagnostics: readonly Diagnostic[];
}

/** Compiles a topology that has no errors; SSH keys that are not given are all `publicKey`. */
export function compileText(text: string, files: Record<string, string> = {}): Outcome {
  const { model, diagnostics } = analyse(text);
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  assert.deepEqual(
    errors.map(({ code, message }) => `${code} ${message}`),
    [],
  );
  const keys = namedFiles(model).map(({ path }) => [path, `${publicKey}\n`] as const);
  const { value, diagnostics: found } = compile({
    model,
    catalog: bundledCatalog,
    topologyFile: 'topology.yaml',
    lines: indexLines(text),
    files: new Map([...keys, ...Object.entries(files)]),
  });
  const main = value.files.get('main.tf.json') ?? '';
  return { main, module: JSON.parse(main) as RootModule, trace: value.trace, diagnostics: found };
}

/** One resource, which must be there. */
export function resource({ module }: Outcome, address: string): Block {
  const [type = '', name = ''] = address.split('.');
  const block = module.resource[type]?.[name];
  assert.ok(block, `there is no ${address}`);
  return block;
}

/** The addresses of all resources, optionally of one type, sorted. */
export function addresses({ module }: Outcome, ofType?: string): string[] {
  return Object.entries(module.resource)
    .filter(([type]) => ofType === undefined || type === ofType)
    .flatMap(([type, blocks]) => Object.keys(blocks).map((name) => `${type}.${name}`))
    .sort();
}

/** Everything of the module that has an address, as the trace calls it, sorted. */
export function tracedAddresses({ module }: Outcome): string[] {
  const blocks = (section: Blocks | undefined, prefix = '') =>
    Object.entries(section ?? {}).flatMap(([type, names]) =>
      Object.keys(names).map((name) => `${prefix}${type}.${name}`),
    );
  return [
    ...blocks(module.resource),
    ...blocks(module.data, 'data.'),
    ...Object.keys(module.variable).map((name) => `var.${name}`),
    ...Object.keys(module.locals).map((name) => `local.${name}`),
    ...Object.keys(module.output).map((name) => `output.${name}`),
  ].sort();
}

/** A topology of which a test writes only what it is about. */
export function topology(...sections: readonly string[]): string {
  const written = new Set(sections.flatMap((section) => [...section.matchAll(/^[a-z_]+(?=:)/gm)].map(([key]) => key)));
  const wanted = Object.entries(defaults).filter(
    ([key]) => !written.has(key) && !(key === 'region' && written.has('regions')),
  );
  return [...wanted.map(([, section]) => section), ...sections].join('\n');
}

const defaults: Readonly<Record<string, string>> = {
  topology: 'topology: v1',
  name: 'name: shop',
  region: 'region: fsn1',
  dns: 'dns: { provider: hetzner, zone: example.com }',
  load_balancers: 'load_balancers: { edge: { routes: { shop.example.com: app.web } } }',
  apps: 'apps: { web: { port: 3000, run: { container: "ghcr.io/acme/shop:1" } } }',
  access: 'access: { ssh_keys: [keys/ops.pub], ssh_from: [198.51.100.0/24] }',
};
