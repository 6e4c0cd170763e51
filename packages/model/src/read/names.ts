import type { Span } from '@groundplan/diagnostics';
import { entryOf, type Mapping } from '@groundplan/syntax';
import { isLegalName, legalName } from '../legal-name.js';
import type { Declaration, DeclarationKind } from '../names.js';

/** The keys of the file under which each kind is declared. */
export const sections: readonly (readonly [DeclarationKind, string])[] = [
  ['region', 'regions'],
  ['load_balancer', 'load_balancers'],
  ['app', 'apps'],
  ['database', 'databases'],
  ['storage', 'shared_storage'],
  ['bucket', 'buckets'],
  ['external', 'external'],
];

/** Everything that the file declares, by kind and name. */
export interface Declarations {
  readonly all: readonly Declaration[];
  find(kind: DeclarationKind, name: string): Declaration | undefined;
  namesOf(kind: DeclarationKind): readonly string[];
  /** Whether the section of a kind is written as something else than a map, so that nobody knows what it declares. */
  isUnreadable(kind: DeclarationKind): boolean;
  /** Whether something has an illegal name, reported where it is written, that would be `name` in its legal form: `Web` for `web`. */
  isMisnamed(kind: DeclarationKind, name: string): boolean;
}

/** Reads the names alone, before anything that may refer to them. */
export function readDeclarations(root: Mapping | undefined): Declarations {
  const byKind = new Map<DeclarationKind, Map<string, Declaration>>();
  const unreadable = new Set<DeclarationKind>();
  for (const [kind, section] of sections) {
    const names = new Map<string, Declaration>();
    const node = entryOf(root, section)?.value;
    if (node?.kind === 'mapping') {
      for (const entry of node.entries) names.set(entry.key, { kind, name: entry.key, span: entry.keySpan });
    } else if (node !== undefined) unreadable.add(kind);
    byKind.set(kind, names);
  }
  declareShortRegion(root, byKind);
  return {
    all: [...byKind.values()].flatMap((names) => [...names.values()]),
    find: (kind, name) => byKind.get(kind)?.get(name),
    namesOf: (kind) => [...(byKind.get(kind)?.keys() ?? [])],
    isUnreadable: (kind) => unreadable.has(kind),
    isMisnamed: (kind, name) => {
      for (const declared of byKind.get(kind)?.keys() ?? []) {
        if (!isLegalName(declared) && legalName(declared) === name) return true;
      }
      return false;
    },
  };
}

/** `region: fsn1` is short for one region that is called like its location. */
function declareShortRegion(root: Mapping | undefined, byKind: Map<DeclarationKind, Map<string, Declaration>>): void {
  const short = shortRegion(root);
  const regions = byKind.get('region');
  if (short === undefined || regions === undefined || regions.size > 0) return;
  regions.set(short.name, { kind: 'region', name: short.name, span: short.span });
}

/** The name and place of the region that `region:` declares. */
export function shortRegion(root: Mapping | undefined): { readonly name: string; readonly span: Span } | undefined {
  const value = entryOf(root, 'region')?.value;
  const location = value?.kind === 'mapping' ? entryOf(value, 'location')?.value : value;
  if (location?.kind !== 'scalar' || typeof location.value !== 'string') return undefined;
  return { name: location.value, span: location.span };
}
