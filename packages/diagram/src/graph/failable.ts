import type { Model } from '@groundplan/model';
import { type GraphNode, isTier } from './graph.js';

/** Whether a node is among the things that can fail, as `failableThings` lists them. */
export function isFailable(node: GraphNode, { dns, hosts }: Model): boolean {
  switch (node.kind) {
    case 'internet':
    case 'floating_ip':
      return false;
    case 'dns':
      return dns !== undefined && dns.provider.value !== 'none';
    case 'arbiter':
      return hosts.some(({ tier }) => tier === 'arbiter');
    case 'load_balancer':
    case 'app':
    case 'database':
    case 'storage':
      return isTier(node) && node.hosts.length > 0;
    default:
      return true;
  }
}
