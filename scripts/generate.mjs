// Writes what is made from other files of the repository and is not committed: bindings, schema types, validators.
import { pathToFileURL } from 'node:url';
import { ensureInstalled } from './install.mjs';
import { root } from './run.mjs';

export async function generate() {
  const { generateSchema } = await import('../packages/model/scripts/generate-schema.mjs');
  const { generateBindings } = await import('../packages/providers/scripts/generate-bindings.mjs');
  await generateSchema(root);
  await generateBindings(root);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  ensureInstalled();
  await generate();
}
