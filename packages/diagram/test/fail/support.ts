import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { fail } from '@groundplan/diagram';
import { analyse, type Model } from '@groundplan/model';

const samples = new URL('../../../../samples/', import.meta.url);

/** The text of a sample, with replacements, each of which must be found. */
export function sample(name: string, ...changes: readonly (readonly [from: string, to: string])[]): string {
  const text = readFileSync(new URL(`${name}/topology.yaml`, samples), 'utf8');
  return changes.reduce((written, [from, to]) => {
    assert.ok(written.includes(from), `${name} has no "${from}"`);
    return written.replace(from, to);
  }, text);
}

/** The model of a text without errors. */
export function modelOf(text: string): Model {
  const { model, diagnostics } = analyse(text);
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  assert.deepEqual(
    errors.map(({ code, message }) => `${code} ${message}`),
    [],
  );
  return model;
}

/** What is said after a failure, each in one line: `carries-on route shop.example.com | text | because | within | lost | F1`. */
export function said(text: string, ...failed: readonly string[]): string[] {
  const { statements, unknown } = fail(modelOf(text), failed);
  assert.deepEqual(unknown, [], 'the topology has no such thing');
  return statements.map(({ state, kind, subject, text: what, because, within, lost, fault }) =>
    [`${state} ${kind} ${subject}`, what, because, within?.text ?? '', lost ?? '', fault ?? ''].join(' | '),
  );
}

/** The states of nodes, as `id state`, without those that are `without`. */
export function states(text: string, failed: readonly string[], which: RegExp = /./): string[] {
  return [...fail(modelOf(text), failed).states]
    .filter(([id]) => which.test(id))
    .map(([id, state]) => `${id} ${state}`);
}

/** What users of every route get: `shop.example.com/ carries-on from falkenstein`, or with the part that fails. */
export function routes(text: string, ...failed: readonly string[]): string[] {
  return fail(modelOf(text), failed).routes.map(({ host, path, state, from, failing }) =>
    [
      `${host}${path}`,
      state ?? 'as before',
      ...(from.length > 0 ? [`from ${from.join(', ')}`] : []),
      ...(failing > 0 ? [`failing ${failing}`] : []),
    ].join(' '),
  );
}
