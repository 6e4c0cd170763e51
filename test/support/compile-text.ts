import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundledCatalog } from '@groundplan/catalog';
import { analyse, type Model, namedFiles } from '@groundplan/model';
import type { Trace } from '@groundplan/plan';
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

/** Compiles a text that must have no errors; the files that it names need not exist. */
export function compileText(text: string): CompiledText {
  const { model, tree, diagnostics } = analyse(text);
  const errors = diagnostics.filter(({ severity }) => severity === 'error').map((each) => frame(text, each));
  assert.deepEqual(errors, []);
  const files = new Map(
    namedFiles(model).map(({ path, kind }) => [path, kind === 'ssh-key' ? publicKey : 'content\n']),
  );
  const compiled = compile({ model, catalog: bundledCatalog, topologyFile: 'topology.yaml', lines: tree.lines, files });
  assert.deepEqual(
    compiled.diagnostics.map(({ message }) => message),
    [],
  );
  const mainTfJson = compiled.value.files.get('main.tf.json');
  assert.ok(mainTfJson);
  return { model, mainTfJson, trace: compiled.value.trace };
}
