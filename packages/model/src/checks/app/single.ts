import { report } from '@groundplan/diagnostics';
import { fix, replaceAt } from '../../edits.js';
import type { Check } from '../context.js';
import { dotted, groupByOrigin, isWritten, listed } from '../places.js';

/** An app that answers requests has one server in a region. Of workers and jobs nobody sees a restart. */
export const single: Check = ({ model }) =>
  model.apps
    .filter(({ port }) => port !== undefined)
    .flatMap((app) => {
      const alone = app.inRegions.filter(({ count }) => isWritten(count) && count.value === 1);
      return groupByOrigin(alone, ({ count }) => count).map(({ origin, places }) =>
        report(
          'app/single',
          origin.span,
          { name: dotted(app), regions: listed(places.map(({ region }) => region.name)) },
          { fixes: fix('Change to 2', replaceAt(origin.span, '2')) },
        ),
      );
    });
