import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, it } from 'mocha';
import { generatedDocs } from '../scripts/generated-docs.js';

const root = fileURLToPath(new URL('..', import.meta.url));

describe('the generated documentation', () => {
  const pages = generatedDocs(root);

  it('is what the schema, the catalogue and the cases give ("npm run docs" rewrites it)', () => {
    for (const [path, text] of pages) {
      assert.equal(readFileSync(join(root, 'docs', path), 'utf8'), text, `docs/${path} is stale`);
    }
  });

  it('has no page of a diagnostic that is gone', () => {
    const present = readdirSync(join(root, 'docs/diagnostics'), { recursive: true, encoding: 'utf8' })
      .filter((path) => path.endsWith('.md'))
      .map((path) => `diagnostics/${path.replaceAll('\\', '/')}`);
    assert.deepEqual(
      present.filter((path) => !pages.has(path)),
      [],
    );
  });
});
