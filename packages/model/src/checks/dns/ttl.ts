import { report } from '@groundplan/diagnostics';
import { fix, replaceAt } from '../../edits.js';
import type { Check } from '../context.js';
import { isWritten } from '../places.js';

/** Seconds. A longer time to live keeps clients on a dead balancer for longer than people wait. */
const high = 120;

/** Seconds; the schema's own limit. */
const most = 86_400;

/** The time to live is under the providers' minimum, or keeps clients on a dead balancer. */
export const ttl: Check = ({ model, catalog }) => {
  const { dns } = model;
  if (dns === undefined || !isWritten(dns.ttl) || dns.provider.value === 'none' || dns.proxied.value) return [];
  const { value, origin } = dns.ttl;
  const minimum = catalog.limits.dnsMinTtl;
  const details = { fixes: fix(`Change to ${minimum}`, replaceAt(origin.span, String(minimum))) };
  if (value < minimum) return [report('dns/ttl-low', origin.span, { ttl: value, minimum }, details)];
  return value > high && value <= most ? [report('dns/ttl-high', origin.span, { ttl: value }, details)] : [];
};
