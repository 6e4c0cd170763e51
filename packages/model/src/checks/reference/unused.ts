import { report } from '@groundplan/diagnostics';
import { fix, removeEntry } from '../../edits.js';
import type { Model } from '../../model.js';
import type { Check } from '../context.js';
import { dotted, type Entity, pathOf } from '../places.js';

/**
 * Nothing uses a bucket or an external target. A bucket that everybody may read, or that has writers, is used from outside.
 * Silent while the user may be about to name it: a reference that leads nowhere, a backup that is missing.
 */
export const unused: Check = ({ model, tree }) => {
  const { buckets, externals } = model;
  const own: Entity[] = [
    ...buckets.filter((bucket) => bucket.access.value === 'private' && bucket.writers.length === 0),
    ...externals,
  ];
  if (lacksBackup(model)) return [];
  return own
    .filter((entity) => !isNamed(model, entity))
    .map((entity) =>
      report(
        'reference/unused',
        entity.keySpan,
        { name: dotted(entity) },
        { unnecessary: true, fixes: fix(`Remove ${dotted(entity)}`, removeEntry(tree, pathOf(entity))) },
      ),
    );
};

function isNamed({ references }: Model, { kind, name }: Entity): boolean {
  return references.some(
    (reference) =>
      (reference.kind === kind && reference.name === name) ||
      (reference.target === undefined && (reference.kind === kind || reference.kind === undefined)),
  );
}

function lacksBackup({ databases, storages }: Model): boolean {
  return [...databases, ...storages].some(({ backup }) => {
    const kind = backup?.to?.kind;
    return kind !== 'bucket' && kind !== 'external';
  });
}
