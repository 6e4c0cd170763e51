import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { languageReference } from '../packages/model/scripts/language-reference.mjs';
import { diagnosticPages } from './diagnostic-pages.js';

/** Every generated page by its path under docs/. */
export function generatedDocs(root: string): Map<string, string> {
  const schema: unknown = JSON.parse(readFileSync(join(root, 'schemas/topology.v1.schema.json'), 'utf8'));
  const pages = new Map<string, string>([['language.md', languageReference(schema)]]);
  for (const [path, text] of diagnosticPages(root)) pages.set(`diagnostics/${path}`, text);
  return pages;
}
