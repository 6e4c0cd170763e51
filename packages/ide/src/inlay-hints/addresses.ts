import type { Span } from '@groundplan/diagnostics';
import { blocksOf, hostsOf, pathOf, tiered } from '../facts/entities.js';
import { code } from '../facts/words.js';
import type { InlayHint } from '../results.js';
import type { Snapshot } from '../snapshot.js';
import { entryAt, hintOffset } from './hint-offset.js';

/** More ranges than that are left to the hover. */
const mostRanges = 3;
const mostHosts = 8;

/** The addresses that follow from names: of each entity, and of the arbiter. */
export function addressHints(snapshot: Snapshot, within: Span): readonly InlayHint[] {
  return [...arbiterHint(snapshot), ...entityHints(snapshot, within)];
}

function entityHints(snapshot: Snapshot, within: Span): readonly InlayHint[] {
  const { model, tree } = snapshot;
  return tiered(model).flatMap((entity) => {
    if (within.end < entity.span.start || entity.span.end < within.start) return [];
    const entry = entryAt(tree.root, pathOf(entity));
    const offset = entry && hintOffset(tree, entry);
    const blocks = blocksOf(entity);
    if (offset === undefined || blocks.length === 0) return [];
    const ranges = blocks.slice(0, mostRanges).map(({ range }) => range);
    const all = hostsOf(model, entity);
    const hosts = all.slice(0, mostHosts);
    const left = all.length - hosts.length;
    return [
      {
        offset,
        label: `${ranges.join(', ')}${blocks.length > mostRanges ? ', …' : ''}`,
        kind: 'addresses' as const,
        tooltip: [
          'Private addresses: they follow from the first name, or from `slot`.',
          ...hosts.map(({ name, address }) => `- ${code(name)} ${address}`),
          ...(left > 0 ? [`- and ${left} more`] : []),
        ].join('\n'),
      },
    ];
  });
}

function arbiterHint({ model, tree }: Snapshot): readonly InlayHint[] {
  const entry = entryAt(tree.root, ['arbiter']);
  const offset = entry && hintOffset(tree, entry);
  const host = model.hosts.find(({ tier }) => tier === 'arbiter');
  if (offset === undefined || host === undefined) return [];
  return [{ offset, label: host.address, kind: 'addresses', tooltip: `The private address of ${code(host.name)}.` }];
}
