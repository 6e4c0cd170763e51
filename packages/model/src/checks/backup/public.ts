import { report } from '@groundplan/diagnostics';
import { fix, setSourced } from '../../edits.js';
import type { Check } from '../context.js';
import { dotted, isWritten, listed, pathOf } from '../places.js';
import { markLast } from '../relation.js';
import { backupBuckets, namingParts, ownersOf, usesByApps } from './targets.js';

/** Backups that everybody can read. They must leave a bucket that apps write to anyway (backup/shared-bucket). */
export const publicBucket: Check = ({ model, tree }) =>
  backupBuckets(model).flatMap(({ bucket, backups }) => {
    const { access } = bucket;
    if (access.value !== 'public' || !isWritten(access) || usesByApps(model, bucket).length > 0) return [];
    const { span, related } = markLast([
      { span: access.origin.span, message: `${dotted(bucket)} is public` },
      ...namingParts(backups),
    ]);
    const makePrivate = setSourced(tree, access, [...pathOf(bucket), 'access'], 'private');
    return [
      report(
        'backup/public',
        span,
        { target: dotted(bucket), owners: listed(ownersOf(backups)) },
        { related, fixes: fix(`Make ${dotted(bucket)} private`, makePrivate) },
      ),
    ];
  });
