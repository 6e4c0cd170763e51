import { report } from '@groundplan/diagnostics';
import { fix, removeEntry } from '../../edits.js';
import type { Check } from '../context.js';
import { isWritten } from '../places.js';

/** Proxied records on a provider that has no proxy. */
export const proxied: Check = ({ model, tree }) => {
  const { dns } = model;
  if (dns === undefined || !dns.proxied.value || !isWritten(dns.provider) || dns.provider.value === 'cloudflare')
    return [];
  return [
    report(
      'dns/proxied',
      dns.proxied.origin.span,
      { provider: dns.provider.value },
      {
        related: [{ span: dns.provider.origin.span, message: 'the provider' }],
        fixes: fix('Remove proxied', removeEntry(tree, ['dns', 'proxied'])),
      },
    ),
  ];
};
