import { pathOf, type Tiered, tiered } from '../facts/entities.js';
import { counted } from '../facts/words.js';
import type { InlayHint } from '../results.js';
import type { Snapshot } from '../snapshot.js';
import { entryAt, hintOffset } from './hint-offset.js';

/** The field that decides how many servers an entity has in each region. */
const fields: Readonly<Record<Tiered['kind'], string>> = {
  load_balancer: 'count',
  app: 'count',
  database: 'standby',
  storage: 'replicas',
};

/** How many servers a written count makes in all: it holds for each region, and a region may override it. */
export function countHints({ model, tree }: Snapshot): readonly InlayHint[] {
  if (model.regions.length < 2) return [];
  return tiered(model).flatMap((entity) => {
    const entry = entryAt(tree.root, [...pathOf(entity), fields[entity.kind]]);
    const offset = entry && hintOffset(tree, entry);
    return offset === undefined ? [] : [{ offset, kind: 'counts' as const, ...words(entity) }];
  });
}

function words({ kind, inRegions }: Tiered): Pick<InlayHint, 'label' | 'tooltip'> {
  const counts = inRegions.map(({ count }) => count.value);
  const all = counts.reduce((sum, count) => sum + count, 0);
  const isSame = new Set(counts).size === 1;
  const each = inRegions.map(({ region, count }) => `${count.value} ${region.name}`);
  // A count of standbys or copies is no count of servers, so that the unit is said.
  const total = kind === 'database' || kind === 'storage' ? `${counted(all, 'server')} in all` : `${all} in all`;
  return {
    label: isSame ? `${total}: ${counts[0]} in each region` : `${total}: ${each.join(', ')}`,
    tooltip: each.map((line) => `- ${line}`).join('\n'),
  };
}
