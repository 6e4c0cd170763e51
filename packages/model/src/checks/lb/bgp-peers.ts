import { type Fix, report, type Span } from '@groundplan/diagnostics';
import { entryOf, nodeAt, type SyntaxTree } from '@groundplan/syntax';
import { fix, removeEntry, replaceAt } from '../../edits.js';
import type { LoadBalancer } from '../../model.js';
import type { Check } from '../context.js';
import { dotted, pathOf } from '../places.js';

/** A balancer in mode bgp has no peers: an empty list, a `bgp` without one, or no `bgp` at all. */
export const bgpPeers: Check = ({ model, tree }) =>
  model.loadBalancers
    .filter(({ mode }) => mode.value === 'bgp')
    .flatMap((balancer) => {
      const span = placeOf(tree, balancer);
      return span === undefined
        ? []
        : [report('lb/bgp-peers', span, { name: dotted(balancer) }, { fixes: otherMode(tree, balancer) })];
    });

/** What is marked; undefined when there are peers, or something else that is no list. */
function placeOf(tree: SyntaxTree, balancer: LoadBalancer): Span | undefined {
  const bgp = entryOf(nodeAt(tree.root, pathOf(balancer)), 'bgp');
  if (bgp === undefined) return balancer.mode.origin.span;
  if (bgp.value.kind !== 'mapping') return undefined;
  const peers = entryOf(bgp.value, 'peers');
  if (peers === undefined) return bgp.keySpan;
  return peers.value.kind === 'sequence' && peers.value.items.length === 0 ? peers.value.span : undefined;
}

function otherMode(tree: SyntaxTree, { bgp, ...balancer }: LoadBalancer): Fix[] {
  const mode = replaceAt(balancer.mode.origin.span, 'active-active');
  const removed = bgp === undefined ? [] : removeEntry(tree, [...pathOf(balancer), 'bgp']);
  return fix('Change to active-active', removed && [...mode, ...removed]);
}
