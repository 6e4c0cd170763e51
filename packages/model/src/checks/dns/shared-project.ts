import { report } from '@groundplan/diagnostics';
import type { Check } from '../context.js';
import { dotted, isWritten, listed } from '../places.js';

/** The checkers on the balancers hold a token for Hetzner DNS. */
export const sharedProject: Check = ({ model }) => {
  const { dns, loadBalancers, arbiter } = model;
  if (dns === undefined || !isWritten(dns.provider) || dns.provider.value !== 'hetzner') return [];
  if (dns.failover.by.value !== 'checkers' || loadBalancers.length === 0) return [];
  const holders = [...loadBalancers.map(dotted), ...(arbiter === undefined ? [] : ['the arbiter'])];
  return [report('dns/shared-project', dns.provider.origin.span, { names: listed(holders) })];
};
