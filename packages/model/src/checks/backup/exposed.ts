import { type Diagnostic, report } from '@groundplan/diagnostics';
import type { SyntaxTree } from '@groundplan/syntax';
import type { Model } from '../../model.js';
import type { Check } from '../context.js';
import { fix, setSourced } from '../edits.js';
import { dotted, isWritten, listed, pathOf } from '../places.js';
import { markLast } from '../relation.js';
import { type BucketWithBackups, backupBuckets, namingParts, ownersOf, usesByApps } from './targets.js';

/** Backups in a bucket that others get at: apps that write to it, or everybody. A bucket of their own mends both. */
export const exposed: Check = ({ model, tree }) =>
  backupBuckets(model).flatMap((found) => shared(model, found) ?? open(tree, found));

function shared(model: Model, { bucket, backups }: BucketWithBackups): Diagnostic[] | undefined {
  const [use, ...more] = usesByApps(model, bucket);
  if (use === undefined) return undefined;
  const apps = [...new Set([use, ...more].map(({ app }) => app))];
  const { span, related } = markLast([use, ...more, ...namingParts(backups)]);
  return [
    report(
      'backup/shared-bucket',
      span,
      { target: dotted(bucket), owners: listed(ownersOf(backups)), apps: listed(apps) },
      { related },
    ),
  ];
}

function open(tree: SyntaxTree, { bucket, backups }: BucketWithBackups): Diagnostic[] {
  const { access } = bucket;
  if (access.value !== 'public' || !isWritten(access)) return [];
  const { span, related } = markLast([
    { span: access.origin.span, message: `${dotted(bucket)} is public` },
    ...namingParts(backups),
  ]);
  return [
    report(
      'backup/public',
      span,
      { target: dotted(bucket), owners: listed(ownersOf(backups)) },
      {
        related,
        fixes: fix(
          `Make ${dotted(bucket)} private`,
          setSourced(tree, access, [...pathOf(bucket), 'access'], 'private'),
        ),
      },
    ),
  ];
}
