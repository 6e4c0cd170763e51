import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { analyse } from '@groundplan/model';
import { describe, it } from 'mocha';
import { plainModel } from './plain-model.js';

/** The three examples of the language's definition, and what each means, value by value. UPDATE=1 rewrites the golden files. */
const examples = ['smallest', 'single-region', 'multi-region'];

describe('the model of an example', () => {
  for (const name of examples) {
    const text = readFileSync(file(`${name}.yaml`), 'utf8');

    it(`${name} has no errors`, () => {
      const errors = analyse(text).diagnostics.filter(({ severity }) => severity === 'error');
      assert.deepEqual(errors, []);
    });

    it(`${name} means what its golden file says`, () => {
      const actual = `${JSON.stringify(plainModel(analyse(text).model), undefined, 2)}\n`;
      const golden = file(`${name}.model.txt`);
      if (process.env.UPDATE === '1') writeFileSync(golden, actual);
      assert.ok(existsSync(golden), `${golden} is missing: run with UPDATE=1 and read it`);
      assert.equal(actual, readFileSync(golden, 'utf8'));
    });
  }
});

function file(name: string): string {
  return fileURLToPath(new URL(`./examples/${name}`, import.meta.url));
}
