import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { fieldEffects } from '@groundplan/model/language';
import { describe, it } from 'mocha';
import { fieldPaths } from '../src/explain/explain-field.js';
import { bases } from './effects/bases.js';
import { cases, unchangeable } from './effects/cases.js';
import { type Compiled, compiled, effectsOf } from './effects/derive.js';

const before = new Map<string, Compiled>();

function effects(path: string): string[] {
  const [base, ...changes] = cases[path] ?? assert.fail(`${path} has no case`);
  const text = bases[base];
  const old = before.get(base) ?? compiled(text);
  before.set(base, old);
  const changed = changes.reduce((all, [from, to]) => {
    assert.ok(all.includes(from), `"${from}" is in the topology ${base}`);
    return all.replaceAll(from, to);
  }, text as string);
  return effectsOf(old, compiled(changed));
}

/** Fields of which the parts are fields. */
const paths = fieldPaths();
const leaves = paths.filter((path) => !paths.some((other) => other.startsWith(`${path}.`)));

/** `UPDATE=1` writes the table anew; its difference is reviewed like code. */
describe('what a change of a field does', function () {
  this.timeout(20_000);

  if (process.env.UPDATE === '1') {
    it('is written down', function () {
      this.timeout(120_000);
      const table = Object.fromEntries(leaves.filter((path) => path in cases).map((path) => [path, effects(path)]));
      const file = fileURLToPath(new URL('../../model/src/effects/field-effects.ts', import.meta.url));
      const about = `/**
 * What a change of each field does to a topology that runs, by its path: a line for each kind of thing that is touched, none where nothing
 * is. Written by packages/cli/test/field-effects.test.ts, which holds it against what is compiled.
 */
export const fieldEffects: Readonly<Record<string, readonly string[]>> = `;
      writeFileSync(file, `${about}${JSON.stringify(table, null, 2)};\n`);
    });
    return;
  }

  it('is listed for every field', () => {
    const listed = [...Object.keys(fieldEffects), ...unchangeable].sort();
    assert.deepEqual(listed, [...leaves].sort());
    assert.deepEqual(Object.keys(cases).sort(), Object.keys(fieldEffects).sort());
  });

  for (const path of Object.keys(cases)) {
    it(`is what is listed: ${path}`, () => {
      assert.deepEqual(effects(path), fieldEffects[path]);
    });
  }
});
