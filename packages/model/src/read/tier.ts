import { type Entry, entryOf, type Mapping } from '@groundplan/syntax';
import type { InRegion, Named, Region, Sourced } from '../model.js';
import type { Reading } from './reading.js';
import { overrides } from './regions.js';
import { integer, optional, type Scope, scopeOf, text } from './scope.js';
import { serverTypeIn } from './server-type.js';

/** Where a file is read from: its root map and its regions are known by now. */
export interface TierReading {
  readonly reading: Reading;
  readonly root: Mapping | undefined;
  readonly regions: readonly Region[];
}

/** Reads each entity of a section with `read`, in the order they are written. */
export function readSection<T>(
  { reading, root }: Pick<TierReading, 'reading' | 'root'>,
  section: string,
  kind: string,
  read: (scope: Scope, entry: Entry) => T,
): T[] {
  const node = entryOf(root, section)?.value;
  if (node?.kind !== 'mapping') return [];
  return node.entries.map((entry) => read(scopeOf(reading, entry, `${section}.*`, `${kind}.${entry.key}`), entry));
}

/** Name, first name and place of an entity. */
export function named(scope: Scope, entry: Entry): Named {
  return {
    name: entry.key,
    firstName: optional(scope, 'renamed_from', text)?.value ?? entry.key,
    keySpan: entry.keySpan,
    span: entry.span,
  };
}

export function slot(scope: Scope): Sourced<number> | undefined {
  return optional(scope, 'slot', (node) => {
    const value = integer(node);
    return value !== undefined && value >= 0 ? value : undefined;
  });
}

/** An entity in each of `regions`, with the overrides that each region makes. */
export function inEachRegion(
  tier: TierReading,
  scope: Scope,
  name: string,
  section: 'load_balancers' | 'apps' | 'databases',
  role: 'lb' | 'app' | 'db',
  count: (override: Scope | undefined) => Sourced<number>,
): InRegion[] {
  return tier.regions.map((region) => {
    const override = overrides(tier.root, tier.reading, region.name, section, name);
    return { region, count: count(override), type: serverTypeIn(scope, override, role, region) };
  });
}
