import type { DeclarationKind } from './names.js';

const outputs: Readonly<Partial<Record<DeclarationKind, readonly string[]>>> = {
  database: ['url', 'host', 'port', 'name', 'user'],
  bucket: ['name', 'host', 'endpoint', 'access_key', 'secret_key'],
  app: ['url', 'host', 'port'],
  storage: ['path'],
  region: ['name', 'location'],
};

/** What `${kind.name.…}` can give; a secret is its own value, so that it has none but stands alone. */
export function outputsOf(kind: DeclarationKind): readonly string[] {
  return kind === 'secret' ? ['value'] : (outputs[kind] ?? []);
}
