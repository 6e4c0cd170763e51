import { report } from '@groundplan/diagnostics';
import { fix } from '../../edits.js';
import { formatRange, isPrivate } from '../../values/ipv4.js';
import type { Check } from '../context.js';
import { freeRange, hasRightSize, holdsGateway, networksOf, setRange, usableRange, writtenRange } from './networks.js';

/** A written range has the wrong size, or is none that a private network can have; of several faults the first. */
export const cidrUsable: Check = ({ model, tree }) => {
  const networks = networksOf(model);
  return networks.flatMap((network) => {
    const range = writtenRange(tree, network);
    if (range === undefined) return [];
    const rightSize = hasRightSize(network, range.prefix);
    const reason = !isPrivate(range)
      ? 'is no private range (RFC 1918)'
      : rightSize && holdsGateway(range)
        ? "contains 172.31.1.1, the gateway of Hetzner's public interfaces"
        : undefined;
    if (reason === undefined && rightSize) return [];
    const used = networks.flatMap((other) => (other === network ? [] : (usableRange(other) ?? [])));
    const prefix = Math.min(Math.max(range.prefix, network.largest), network.smallest);
    const free = freeRange(used, prefix, [range, network.home]) ?? { ...network.home, prefix };
    const facts = { range: range.text, where: network.name, free: formatRange(free) };
    const details = { fixes: fix(`Change to ${facts.free}`, setRange(tree, network, free)) };
    const { span } = network.cidr.origin;
    return reason === undefined
      ? [
          report(
            'region/cidr-size',
            span,
            { ...facts, expected: network.region ? 'from /16 to /18' : 'a /24' },
            details,
          ),
        ]
      : [report('region/cidr-reserved', span, { ...facts, reason }, details)];
  });
};
