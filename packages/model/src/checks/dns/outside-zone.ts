import { report, type Span } from '@groundplan/diagnostics';
import type { SyntaxTree } from '@groundplan/syntax';
import type { Route } from '../../model.js';
import type { Check } from '../context.js';
import { isWritten, listed } from '../places.js';

/**
 * Hosts of routes that are not in the zone, each at its first route. When none of several hosts is in it the zone is what is
 * wrong, and is marked once.
 */
export const outsideZone: Check = ({ model, tree }) => {
  const { dns, loadBalancers } = model;
  if (dns === undefined || dns.provider.value === 'none' || !isWritten(dns.zone)) return [];
  const zone = dns.zone.value.toLowerCase();
  if (!isDomain.test(zone)) return [];
  const hosts = new Map<string, Route>();
  for (const route of loadBalancers.flatMap(({ routes }) => routes)) {
    if (!hosts.has(route.host)) hosts.set(route.host, route);
  }
  const outside = [...hosts.values()].filter(({ host }) => host !== zone && !host.endsWith(`.${zone}`));
  const { span } = dns.zone.origin;
  if (outside.length > 1 && outside.length === hosts.size) {
    const names = outside.map(({ host }) => host);
    const shown = names.length > 3 ? [...names.slice(0, 2), `${names.length - 2} others`] : names;
    return [
      report(
        'dns/outside-zone',
        span,
        { hosts: listed(shown), zone, all: true },
        { related: outside.map((route) => ({ span: hostSpan(tree, route), message: 'not in this zone' })) },
      ),
    ];
  }
  return outside.map((route) =>
    report(
      'dns/outside-zone',
      hostSpan(tree, route),
      { hosts: route.host, zone, all: false },
      { related: [{ span, message: 'the zone' }] },
    ),
  );
};

/** A zone of another form has been refused by the schema already. */
const isDomain = /^[a-z0-9-]+(\.[a-z0-9-]+)+$/;

/** The host alone, without quotes and path. */
function hostSpan({ text }: SyntaxTree, { host, keySpan }: Route): Span {
  const quoted = /["']/.test(text[keySpan.start] ?? '') ? 1 : 0;
  const start = keySpan.start + quoted;
  return { start, end: Math.min(start + host.length, keySpan.end - quoted) };
}
