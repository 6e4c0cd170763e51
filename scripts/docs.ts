// `npm run docs`: writes the documentation that is made from the schema, the catalogue and the commands.
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { commandLineDoc } from './command-line-doc.js';
import { generatedDocs } from './generated-docs.js';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const docs = join(root, 'docs');
const pages = generatedDocs(root).set('command-line.md', await commandLineDoc());
for (const entry of readdirSync(join(docs, 'diagnostics'), { recursive: true, encoding: 'utf8' })) {
  if (entry.endsWith('.md') && !pages.has(`diagnostics/${entry}`)) rmSync(join(docs, 'diagnostics', entry));
}
for (const [path, text] of pages) {
  mkdirSync(dirname(join(docs, path)), { recursive: true });
  writeFileSync(join(docs, path), text);
}
process.stderr.write(`${pages.size} pages in docs/\n`);
