import type { Catalog } from '@groundplan/catalog';
import { report } from '@groundplan/diagnostics';
import { fix, scalar, setValue } from '../../edits.js';
import type { Model } from '../../model.js';
import type { Check } from '../context.js';
import { isLeftOut } from '../left-out.js';
import { dotted, pathOf } from '../places.js';
import { locationOf, locationsOf, type Stateful, usesByApps } from './targets.js';

/** Data without a backup. */
export const missing: Check = ({ model, tree, catalog }) =>
  [...model.databases, ...model.storages].flatMap((owner) => {
    const path = pathOf(owner);
    if (!isLeftOut(tree, path, 'backup')) return [];
    const bucket = onlyBucketFor(model, catalog, owner);
    return [
      report(
        'backup/missing',
        owner.keySpan,
        { owner: dotted(owner), ...(bucket === undefined ? {} : { bucket }) },
        {
          fixes:
            bucket === undefined
              ? []
              : fix(`Back up to ${bucket}`, setValue(tree, [...path, 'backup'], scalar(bucket))),
        },
      ),
    ];
  });

/** The bucket that the backups can go to without any other diagnostic, when there is just one. */
function onlyBucketFor(model: Model, catalog: Catalog, owner: Stateful): string | undefined {
  const data = locationsOf(owner);
  const [first, ...more] = model.buckets.filter((bucket) => {
    const location = locationOf(model, catalog, bucket);
    const apart = location !== undefined && !data.includes(location);
    return apart && bucket.access.value === 'private' && usesByApps(model, bucket).length === 0;
  });
  return first !== undefined && more.length === 0 ? dotted(first) : undefined;
}
