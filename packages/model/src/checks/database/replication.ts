import type { Catalog } from '@groundplan/catalog';
import type { Fix } from '@groundplan/diagnostics';
import type { SyntaxTree } from '@groundplan/syntax';
import { fix, replaceAt } from '../../edits.js';
import type { Database, Model } from '../../model.js';
import { imageOf } from '../images.js';
import { isIntended } from '../left-out.js';
import { isWritten, pathOf } from '../places.js';

/** PostgreSQL's own replication between servers that both write: `origin = none` came with this version. */
export const logicalFrom = 16;

/** How a database replicates between regions, as it is written. */
export type Written = NonNullable<Database['betweenRegions']>;

/** The databases over several regions whose engine is known, with what is written of how they replicate. */
export function writtenReplications(
  { databases, regions }: Model,
  tree: SyntaxTree,
): readonly { readonly database: Database; readonly written: Written }[] {
  if (regions.length < 2) return [];
  return databases.flatMap((database) => {
    const { engine, betweenRegions } = database;
    if (betweenRegions === undefined || !isWritten(betweenRegions)) return [];
    return isIntended(tree, engine, pathOf(database), 'engine') ? [{ database, written: betweenRegions }] : [];
  });
}

/** The ways of PostgreSQL that the topology's image has. */
export function waysOfPostgresql(model: Model, tree: SyntaxTree, catalog: Catalog): readonly string[] {
  const version = imageOf(model, tree, catalog)?.postgresql ?? 0;
  return version >= logicalFrom ? ['pglogical', 'logical'] : ['pglogical'];
}

export function useReplication({ origin }: Written, way: string): Fix[] {
  return fix(`Use ${way}`, replaceAt(origin.span, way));
}
