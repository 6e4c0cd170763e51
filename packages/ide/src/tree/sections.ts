import type { DeclarationKind } from '@groundplan/model';
import type { Entry, Mapping, SyntaxTree } from '@groundplan/syntax';
import { entryOf } from '@groundplan/syntax';

/** The key of the file under which each kind is declared; a secret is declared nowhere. */
export const sectionOf: Readonly<Record<Exclude<DeclarationKind, 'secret'>, string>> = {
  region: 'regions',
  load_balancer: 'load_balancers',
  app: 'apps',
  database: 'databases',
  storage: 'shared_storage',
  bucket: 'buckets',
  external: 'external',
};

/** The kind of what a section of the file declares. */
export function kindOfSection(section: string): Exclude<DeclarationKind, 'secret'> | undefined {
  return (Object.keys(sectionOf) as Exclude<DeclarationKind, 'secret'>[]).find((kind) => sectionOf[kind] === section);
}

/** The entry that declares something, with the map that it is written in. */
export function declaringEntry(
  tree: SyntaxTree,
  kind: Exclude<DeclarationKind, 'secret'>,
  name: string,
): { readonly entry: Entry; readonly map: Mapping } | undefined {
  const map = entryOf(tree.root, sectionOf[kind])?.value;
  const entry = entryOf(map, name);
  return map?.kind === 'mapping' && entry !== undefined ? { entry, map } : undefined;
}
