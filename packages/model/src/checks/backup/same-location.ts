import { report } from '@groundplan/diagnostics';
import { fix, setSourced } from '../../edits.js';
import type { Check } from '../context.js';
import { isLeftOut } from '../left-out.js';
import { dotted, listed, pathOf } from '../places.js';
import { markLast } from '../relation.js';
import {
  backupBuckets,
  bucketLocationsAwayFrom,
  locationOf,
  locationsOf,
  namingParts,
  ownersOf,
  usesByApps,
} from './targets.js';

/** Backups in a location in which their data is too. An external target is somewhere else, as far as anybody can tell. */
export const sameLocation: Check = ({ model, tree, catalog }) =>
  backupBuckets(model).flatMap(({ bucket, backups }) => {
    const path = pathOf(bucket);
    if (bucket.location.origin.kind === 'default' && !isLeftOut(tree, path, 'location')) return [];
    const location = locationOf(model, catalog, bucket);
    // They must leave a bucket that apps write to anyway.
    if (location === undefined || usesByApps(model, bucket).length > 0) return [];
    const beside = backups.filter(({ owner }) => locationsOf(owner).includes(location));
    if (beside.length === 0) return [];
    const [elsewhere] = bucketLocationsAwayFrom(
      catalog,
      backups.flatMap(({ owner }) => locationsOf(owner)),
    );
    const { span, related } = markLast([
      { span: bucket.location.origin.span, message: `${dotted(bucket)} is in ${location}` },
      ...namingParts(beside),
    ]);
    return [
      report(
        'backup/same-location',
        span,
        {
          target: dotted(bucket),
          owners: listed(ownersOf(beside)),
          location,
          ...(elsewhere === undefined ? {} : { elsewhere }),
        },
        {
          related,
          fixes:
            elsewhere === undefined
              ? []
              : fix(
                  `Put ${dotted(bucket)} in ${elsewhere}`,
                  setSourced(tree, bucket.location, [...path, 'location'], elsewhere),
                ),
        },
      ),
    ];
  });
