import { report } from '@groundplan/diagnostics';
import type { Check } from '../context.js';
import { listed } from '../places.js';
import { addStandby, waitsForStandby, withoutStandby } from './standbys.js';

/** A database whose server is the only one of its region. With synchronous durability it is an error of its own. */
export const noStandby: Check = ({ model, tree }) =>
  model.databases
    .filter((database) => !waitsForStandby(model, database))
    .flatMap((database) =>
      withoutStandby(database).map((lack) =>
        report(
          'database/no-standby',
          lack.standby.origin.span,
          { regions: listed(lack.regions) },
          { fixes: addStandby(tree, database, lack) },
        ),
      ),
    );
