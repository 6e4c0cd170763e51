import { report } from '@groundplan/diagnostics';
import { fix, setSourced } from '../../edits.js';
import type { Check } from '../context.js';
import { listed, pathOf } from '../places.js';
import { markLast } from '../relation.js';
import { addStandby, waitsForStandby, withoutStandby } from './standbys.js';

/** A database that waits for a standby where it has none. */
export const syncWithoutStandby: Check = ({ model, tree }) =>
  model.databases
    .filter((database) => waitsForStandby(model, database))
    .flatMap((database) =>
      withoutStandby(database).map((lack) => {
        const { durability } = database;
        const regions = listed(lack.regions);
        const { span, related } = markLast([
          { span: lack.standby.origin.span, message: `no standby in ${regions}` },
          { span: durability.origin.span, message: 'each write waits for a standby' },
        ]);
        const async = setSourced(tree, durability, [...pathOf(database), 'durability'], 'async');
        return report(
          'database/sync-without-standby',
          span,
          { regions },
          { related, fixes: [...addStandby(tree, database, lack), ...fix('Use durability: async', async)] },
        );
      }),
    );
