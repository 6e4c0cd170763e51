// Writes what is made from other files of the repository and is not committed: bindings, schema types, validators.
import { pathToFileURL } from 'node:url';
import { ensureInstalled } from './install.mjs';
import { root } from './run.mjs';

export async function generate() {
  const { generateSchema } = await import('../packages/model/scripts/generate-schema.mjs');
  const { generateBindings } = await import('../packages/providers/scripts/generate-bindings.mjs');
  const { generateConverge } = await import('../packages/hosts/scripts/generate-converge.mjs');
  const { generateProgram } = await import('../packages/dns-checker/scripts/bundle-program.mjs');
  await generateSchema(root);
  await generateConverge(root);
  await generateBindings(root);
  await generateProgram(root);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  ensureInstalled();
  await generate();
}
