import assert from 'node:assert/strict';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, it } from 'mocha';
import { storedProviders } from '../../../test/support/provider-schemas.js';
import { checkAgainstSchemas } from '../../../test/support/schema-check.js';
import { compileText } from './support.js';

const folder = fileURLToPath(new URL('golden', import.meta.url));
const schemas = Object.values(storedProviders()).map(({ document }) => document);

/** `UPDATE=1` rewrites the golden files; their difference is reviewed like code. */
describe('golden files', () => {
  const names = readdirSync(folder).sort();
  assert.notEqual(names.length, 0);
  for (const name of names) {
    it(name, () => {
      const { main, module, trace, diagnostics } = compileText(readFileSync(`${folder}/${name}/topology.yaml`, 'utf8'));
      assert.deepEqual(diagnostics, []);
      assert.deepEqual(checkAgainstSchemas({ ...module }, schemas), []);
      const files = { 'main.tf.json': main, 'trace.json': `${JSON.stringify(trace, null, 2)}\n` };
      for (const [file, content] of Object.entries(files)) {
        const path = `${folder}/${name}/${file}`;
        if (process.env.UPDATE === '1') writeFileSync(path, content);
        assert.equal(content, readFileSync(path, 'utf8'), file);
      }
    });
  }
});
