import type { LocationName } from '@groundplan/catalog';
import { compareSpans, report } from '@groundplan/diagnostics';
import { fix, replaceAt } from '../../edits.js';
import type { Sourced } from '../../model.js';
import { formatRange, type Ipv4Range, overlaps } from '../../values/ipv4.js';
import type { Check, CheckContext } from '../context.js';
import { freeLocation } from '../free-location.js';
import { freeRange, homeOf, type Network, networksOf, setRange, usableRange } from './networks.js';

/**
 * Two networks of the topology overlap. What is written is marked rather than what is a default, else the later one; a second
 * region in one location, neither with a range of its own, is this mistake and not region/same-location as well.
 */
export const cidrOverlap: Check = (context) => {
  const { model, tree } = context;
  const networks = networksOf(model).flatMap((network) => {
    const range = usableRange(network);
    return range === undefined ? [] : [{ network, range }];
  });
  const clashes = new Map<Sized, Sized[]>();
  for (const [index, one] of networks.entries()) {
    for (const other of networks.slice(index + 1)) {
      if (!overlaps(one.range, other.range)) continue;
      const marked = toMark(one, other);
      const rest = marked === one ? other : one;
      clashes.set(marked, [...(clashes.get(marked) ?? []), rest]);
    }
  }
  const used = networks.map(({ range }) => range);
  return [...clashes].map(([{ network, range }, others]) => {
    const free = freeRange(used, range.prefix, [network.home]);
    if (free !== undefined) used.push(free);
    const { region } = network;
    // What an alias or a merge brings into two networks is changed in both, so that no edit there would part them.
    const isShared = others.some((other) => isSame(other.network.cidr, network.cidr));
    const elsewhere = others.some(isTwin(network)) ? moved(context, network, used) : undefined;
    const [first] = others;
    return report(
      'region/cidr-overlap',
      isShared && region !== undefined ? region.keySpan : network.cidr.origin.span,
      {
        range: formatRange(range),
        where: network.name,
        other: first?.network.name ?? '',
        otherRange: first === undefined ? '' : formatRange(first.range),
        ...(free === undefined ? {} : { free: formatRange(free) }),
      },
      {
        related: others.map((other) => ({
          span: other.network.cidr.origin.span,
          message: `${other.network.name} has ${formatRange(other.range)}`,
        })),
        fixes: [
          ...(free === undefined || isShared
            ? []
            : fix(`Give ${network.name} ${formatRange(free)}`, setRange(tree, network, free))),
          ...(region === undefined || elsewhere === undefined
            ? []
            : fix(`Move ${region.name} to ${elsewhere}`, replaceAt(region.location.origin.span, elsewhere))),
        ],
      },
    );
  });
};

interface Sized {
  readonly network: Network;
  readonly range: Ipv4Range;
}

/** Whether the other one is in the same location, chosen in another place, and both have the range that goes with it. */
function isTwin({ cidr, region }: Network): (other: Sized) => boolean {
  return ({ network: other }) =>
    cidr.origin.kind === 'default' &&
    region !== undefined &&
    other.region?.location.value === region.location.value &&
    !isSame(other.region.location, region.location);
}

/** The nearest location without a region whose range is free as well. */
function moved(
  { model, catalog }: CheckContext,
  { region }: Network,
  used: readonly Ipv4Range[],
): LocationName | undefined {
  const location = region && freeLocation(model, catalog, region.location.value);
  const range = location && homeOf(location);
  return range && !used.some((other) => overlaps(other, range)) ? location : undefined;
}

function isSame(one: Sourced<string>, other: Sourced<string>): boolean {
  return compareSpans(one.origin.span, other.origin.span) === 0;
}

function toMark(one: Sized, other: Sized): Sized {
  const isDefault = ({ network }: Sized) => network.cidr.origin.kind === 'default';
  if (isDefault(one) !== isDefault(other)) return isDefault(one) ? other : one;
  return one.network.cidr.origin.span.start < other.network.cidr.origin.span.start ? other : one;
}
