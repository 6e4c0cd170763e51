import type { Fix } from '@groundplan/diagnostics';
import type { SyntaxTree } from '@groundplan/syntax';
import { fix, setSourced } from '../../edits.js';
import type { Database, Model } from '../../model.js';
import { isWritten, pathOf } from '../places.js';

/** Regions in which a database has no standby, by one place of the file that says so. */
export interface Lack {
  readonly standby: Database['standby'][number]['count'];
  readonly regions: readonly string[];
}

export function withoutStandby({ standby }: Database): readonly Lack[] {
  const byPlace = new Map<string, Lack>();
  for (const { region, count } of standby) {
    if (count.value !== 0 || !isWritten(count)) continue;
    const { start, end } = count.origin.span;
    const key = `${start}-${end}`;
    byPlace.set(key, { standby: count, regions: [...(byPlace.get(key)?.regions ?? []), region.name] });
  }
  return [...byPlace.values()];
}

/**
 * Whether writes of a database wait for a standby. Galera between regions has each write in another region before it counts as
 * done, with a standby or without.
 */
export function waitsForStandby({ regions }: Model, { durability, betweenRegions }: Database): boolean {
  const elsewhere = regions.length > 1 && betweenRegions?.value === 'galera';
  return durability.value === 'sync' && isWritten(durability) && !elsewhere;
}

export function addStandby(tree: SyntaxTree, database: Database, { standby }: Lack): Fix[] {
  return fix('Add a standby', setSourced(tree, standby, [...pathOf(database), 'standby'], '1'));
}
