import { report } from '@groundplan/diagnostics';
import { fix, replaceAt } from '../../edits.js';
import { publishedAddresses } from '../../read/dns.js';
import type { Check } from '../context.js';
import { isWritten } from '../places.js';

/** Hosts have several addresses, and nobody takes a dead one out of DNS. */
export const noFailover: Check = ({ model }) => {
  const { dns, loadBalancers } = model;
  const addresses = publishedAddresses(loadBalancers);
  if (dns === undefined || dns.provider.value === 'none' || addresses < 2) return [];
  const { by } = dns.failover;
  if (!isWritten(by) || by.value !== 'none') return [];
  return [
    report(
      'dns/no-failover',
      by.origin.span,
      { addresses },
      { fixes: fix('Change to checkers', replaceAt(by.origin.span, 'checkers')) },
    ),
  ];
};
