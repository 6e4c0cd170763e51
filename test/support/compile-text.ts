import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundledCatalog } from '@groundplan/catalog';
import { type Bundle, bundleOf, secretsIn } from '@groundplan/hosts/bundle';
import { analyse, type Model, namedFiles } from '@groundplan/model';
import type { Trace } from '@groundplan/plan';
import { type LockedSecret, neededSecrets } from '@groundplan/secrets';
import { compile } from '@groundplan/terraform';
import { frame } from './frame.js';

const samplesFolder = fileURLToPath(new URL('../../samples', import.meta.url));

/** A public key that stands for every one that a topology names; its private half was never kept. */
const publicKey = readFileSync(join(samplesFolder, 'smallest/keys/ops.pub'), 'utf8');

export interface CompiledText {
  readonly model: Model;
  readonly mainTfJson: string;
  readonly trace: Trace;
}

/** The names of the samples, sorted. */
export function sampleNames(): string[] {
  return readdirSync(samplesFolder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort();
}

export function sampleText(name: string): string {
  return readFileSync(join(samplesFolder, name, 'topology.yaml'), 'utf8');
}

/** Compiles a text that must have no errors; the files that it names need not exist, and there is no lock file. */
export function compileText(text: string): CompiledText {
  const { files, ...compiled } = compiledWith(text, undefined);
  return compiled;
}

/** The same with a lock file that has all secrets, so that hosts are configured. */
export function compileConfigured(
  text: string,
  locked?: ReadonlyMap<string, LockedSecret>,
): CompiledText & { readonly files: ReadonlyMap<string, string>; readonly hosts: readonly Bundle[] } {
  const { model } = analyse(text);
  const compiled = compiledWith(text, locked ?? lockedSecrets(model));
  return { ...compiled, hosts: model.hosts.flatMap((host) => bundleOf(model, host) ?? []) };
}

/** The names of all secrets that hosts are given, sorted. */
export function secretsOf(bundles: readonly Bundle[]): string[] {
  const contents = bundles.flatMap(({ files }) => files.map(({ content }) => content));
  return [...new Set(contents.flatMap(secretsIn))].sort();
}

/** What a lock file would say of all secrets of a model. */
export function lockedSecrets(model: Model): Map<string, LockedSecret> {
  const shown = { public: `${publicKey.trim()}\n`, fingerprint: 'fingerprint' };
  return new Map(neededSecrets(model).map(({ name }) => [name, { version: 1, mark: 'mark', ...shown }]));
}

function compiledWith(
  text: string,
  locked: ReadonlyMap<string, LockedSecret> | undefined,
): CompiledText & { readonly files: ReadonlyMap<string, string> } {
  const { model, tree, diagnostics } = analyse(text);
  const errors = diagnostics.filter(({ severity }) => severity === 'error').map((each) => frame(text, each));
  assert.deepEqual(errors, []);
  const named = new Map(
    namedFiles(model).map(({ path, kind }) => [path, kind === 'ssh-key' ? publicKey : 'content\n']),
  );
  const { value, diagnostics: found } = compile({
    model,
    catalog: bundledCatalog,
    topologyFile: 'topology.yaml',
    lines: tree.lines,
    files: named,
    locked,
  });
  assert.deepEqual(
    found.map(({ message }) => message),
    [],
  );
  const mainTfJson = value.files.get('main.tf.json');
  assert.ok(mainTfJson);
  return { model, mainTfJson, trace: value.trace, files: value.files };
}
