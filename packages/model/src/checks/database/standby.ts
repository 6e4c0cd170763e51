import { type Diagnostic, report } from '@groundplan/diagnostics';
import type { SyntaxTree } from '@groundplan/syntax';
import type { Database, Model } from '../../model.js';
import type { Check } from '../context.js';
import { fix, setSourced } from '../edits.js';
import { isWritten, listed } from '../places.js';
import { markLast } from '../relation.js';

/** Regions in which a database has no standby: a risk, or with synchronous durability a contradiction. */
export const standby: Check = ({ model, tree }) =>
  model.databases.flatMap((database) =>
    withoutStandby(database).map((lack) =>
      waitsForStandby(model, database) ? contradiction(tree, database, lack) : risk(tree, database, lack),
    ),
  );

/** Regions whose missing standby is written in one place. */
interface Lack {
  readonly standby: Database['standby'][number]['count'];
  readonly regions: readonly string[];
}

function withoutStandby({ standby }: Database): readonly Lack[] {
  const byPlace = new Map<string, Lack>();
  for (const { region, count } of standby) {
    if (count.value !== 0 || !isWritten(count)) continue;
    const { start, end } = count.origin.span;
    const key = `${start}-${end}`;
    byPlace.set(key, { standby: count, regions: [...(byPlace.get(key)?.regions ?? []), region.name] });
  }
  return [...byPlace.values()];
}

/** Galera between regions has each write in another region before it counts as done, with a standby or without. */
function waitsForStandby({ regions }: Model, { durability, betweenRegions }: Database): boolean {
  const elsewhere = regions.length > 1 && betweenRegions?.value === 'galera';
  return durability.value === 'sync' && isWritten(durability) && !elsewhere;
}

function risk(tree: SyntaxTree, database: Database, { standby, regions }: Lack): Diagnostic {
  return report(
    'database/no-standby',
    standby.origin.span,
    { regions: listed(regions) },
    { fixes: addStandby(tree, database, standby) },
  );
}

function contradiction(tree: SyntaxTree, database: Database, { standby, regions }: Lack): Diagnostic {
  const { durability } = database;
  const { span, related } = markLast([
    { span: standby.origin.span, message: `no standby in ${listed(regions)}` },
    { span: durability.origin.span, message: 'each write waits for a standby' },
  ]);
  return report(
    'database/sync-without-standby',
    span,
    { regions: listed(regions) },
    {
      related,
      fixes: [
        ...addStandby(tree, database, standby),
        ...fix(
          'Use durability: async',
          setSourced(tree, durability, ['databases', database.name, 'durability'], 'async'),
        ),
      ],
    },
  );
}

function addStandby(tree: SyntaxTree, { name }: Database, standby: Lack['standby']) {
  return fix('Add a standby', setSourced(tree, standby, ['databases', name, 'standby'], '1'));
}
