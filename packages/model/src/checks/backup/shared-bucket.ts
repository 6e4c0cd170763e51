import { report } from '@groundplan/diagnostics';
import type { Check } from '../context.js';
import { dotted, listed } from '../places.js';
import { markLast } from '../relation.js';
import { backupBuckets, namingParts, ownersOf, usesByApps } from './targets.js';

/** Backups in a bucket that apps have a key to. */
export const sharedBucket: Check = ({ model }) =>
  backupBuckets(model).flatMap(({ bucket, backups }) => {
    const [use, ...more] = usesByApps(model, bucket);
    if (use === undefined) return [];
    const apps = [...new Set([use, ...more].map(({ app }) => app))];
    const { span, related } = markLast([use, ...more, ...namingParts(backups)]);
    const facts = { target: dotted(bucket), owners: listed(ownersOf(backups)), apps: listed(apps) };
    return [report('backup/shared-bucket', span, facts, { related })];
  });
