import { report } from '@groundplan/diagnostics';
import { entryOf, nodeAt } from '@groundplan/syntax';
import { fix, removeEntry } from '../../edits.js';
import type { Check } from '../context.js';
import { pathOf } from '../places.js';

/** With one region there is nothing to replicate to. Reported like any key that means nothing where it stands. */
export const unusedReplication: Check = ({ model, tree }) => {
  if (model.regions.length !== 1) return [];
  return model.databases.flatMap((database) => {
    const path = [...pathOf(database), 'replication'];
    const entry = entryOf(nodeAt(tree.root, path), 'between_regions');
    if (entry === undefined || entry.merged) return [];
    const because = 'there is one region';
    return [
      report(
        'schema/not-here',
        entry.keySpan,
        { key: entry.key, where: path.join('.'), because },
        {
          unnecessary: true,
          label: because,
          fixes: fix('Remove between_regions', removeEntry(tree, [...path, entry.key])),
        },
      ),
    ];
  });
};
