import { report } from '@groundplan/diagnostics';
import type { SyntaxTree } from '@groundplan/syntax';
import { fix, setValue } from '../../edits.js';
import type { Check } from '../context.js';
import { isIntended, isLeftOut } from '../left-out.js';
import { dotted, pathOf } from '../places.js';
import { choosesNoReplication } from './galera.js';
import { waysOfPostgresql } from './replication.js';

/** PostgreSQL over several regions that does not say how it replicates. */
export const chooseReplication: Check = ({ model, tree, catalog }) => {
  if (model.regions.length < 2) return [];
  return model.databases.flatMap((database) => {
    const path = pathOf(database);
    if (database.betweenRegions !== undefined || !isIntended(tree, database.engine, path, 'engine')) return [];
    if (!choosesNoReplication(tree, database)) return [];
    const ways = waysOfPostgresql(model, tree, catalog);
    return [
      report(
        'database/choose-replication',
        database.keySpan,
        { database: dotted(database), ways },
        { fixes: ways.flatMap((way) => fix(`Choose ${way}`, choose(tree, path, way))) },
      ),
    ];
  });
};

function choose(tree: SyntaxTree, path: readonly string[], way: string) {
  return isLeftOut(tree, path, 'replication')
    ? setValue(tree, [...path, 'replication'], `{ between_regions: ${way} }`, 'engine')
    : setValue(tree, [...path, 'replication', 'between_regions'], way);
}
