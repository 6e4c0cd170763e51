import type { Span } from '@groundplan/diagnostics';
import { entryOf, type Mapping, type SyntaxTree } from '@groundplan/syntax';
import { topologyFields } from '../generated/fields.js';
import { isLegalName, legalName } from '../legal-name.js';
import type { Declaration, DeclarationKind } from '../names.js';
import { isOff } from '../shape/misindented.js';
import { nodeBelow } from '../shape/schema-walk.js';

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
  /**
   * Whether nobody knows what of a kind is declared: its section is written as something else than a map, or stands inside another section
   * that has no place for it. Each has a diagnostic where it is written.
   */
  isUnreadable(kind: DeclarationKind): boolean;
  /** Whether something has an illegal name, reported where it is written, that would be `name` in its legal form: `Web` for `web`. */
  isMisnamed(kind: DeclarationKind, name: string): boolean;
}

/** Reads the names alone, before anything that may refer to them. */
export function readDeclarations(tree: SyntaxTree): Declarations {
  const { root } = tree;
  const byKind = new Map<DeclarationKind, Map<string, Declaration>>();
  const unreadable = new Set<DeclarationKind>();
  for (const [kind, section] of sections) {
    const names = new Map<string, Declaration>();
    const node = entryOf(root, section)?.value;
    if (node?.kind === 'mapping') {
      for (const entry of node.entries) names.set(entry.key, { kind, name: entry.key, span: entry.keySpan });
    } else if (node !== undefined || isMisplaced(tree, section)) unreadable.add(kind);
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

/** Whether a section stands inside another one that has no place for it. */
function isMisplaced(tree: SyntaxTree, section: string): boolean {
  return (tree.root?.entries ?? []).some(({ key, value }) => {
    if (value.kind !== 'mapping' || value.flow) return false;
    const entry = entryOf(value, section);
    if (entry === undefined) return false;
    const { properties, additionalProperties } = nodeBelow(topologyFields, [key]) ?? {};
    const isUnknown = additionalProperties === false && !Object.hasOwn(properties ?? {}, section);
    return isUnknown || isOff({ tree }, value, entry);
  });
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
