import { type Entry, entryOf } from '@groundplan/syntax';
import type { LoadBalancer, Route } from '../model.js';
import { parseAddress } from '../values/ipv4.js';
import { dottedReference, dottedReferenceAt } from './references.js';
import {
  child,
  entries,
  fieldOf,
  integer,
  integerBetween,
  oneOf,
  optional,
  type Scope,
  text,
  withDefault,
  withFallback,
} from './scope.js';
import { overriding } from './server-type.js';
import { inEachRegion, named, readSection, slot, type TierReading } from './tier.js';

const counts = integerBetween(1, 10);

export function readLoadBalancers(tier: TierReading): LoadBalancer[] {
  return readSection(tier, 'load_balancers', 'load_balancer', (scope, entry) => {
    const tls = child(scope, 'tls');
    return {
      kind: 'load_balancer',
      ...named(scope, entry),
      slot: slot(scope),
      inRegions: inEachRegion(
        tier,
        scope,
        entry.key,
        'load_balancers',
        'lb',
        (override) => overriding(override, 'count', counts) ?? withDefault(scope, 'count', counts),
      ),
      mode: withDefault(scope, 'mode', oneOf('active-active', 'active-standby', 'bgp')),
      balance: withDefault(scope, 'balance', text),
      tls: {
        mode: withDefault(tls, 'mode', oneOf('none', 'acme', 'files')),
        email: optional(tls, 'email', text),
        certificate: dottedReference(tls, 'certificate', ['secret']),
        key: dottedReference(tls, 'key', ['secret']),
      },
      routes: entries(scope, 'routes').flatMap((route) => readRoute(scope, route)),
      bgp: readBgp(scope),
    };
  });
}

function readRoute(scope: Scope, entry: Entry): Route[] {
  const app = dottedReferenceAt({ ...scope, field: fieldOf(scope, 'routes.*') }, entry.value, ['app']);
  if (app === undefined) return [];
  const slash = entry.key.indexOf('/');
  const host = slash < 0 ? entry.key : entry.key.slice(0, slash);
  return [{ host: host.toLowerCase(), path: slash < 0 ? '/' : entry.key.slice(slash), keySpan: entry.keySpan, app }];
}

function readBgp(scope: Scope): LoadBalancer['bgp'] {
  const entry = entryOf(scope.node, 'bgp');
  if (entry === undefined) return undefined;
  const bgp = child(scope, 'bgp');
  const peers = entryOf(bgp.node, 'peers')?.value;
  const items = peers?.kind === 'sequence' ? peers.items : [];
  return {
    keySpan: entry.keySpan,
    asn: withFallback(bgp, 'asn', integer, 0, 'no asn is written'),
    address: withFallback(
      bgp,
      'address',
      (node) => {
        const [address, prefix] = (text(node) ?? '').split('/');
        return prefix === '32' && parseAddress(address ?? '') !== undefined ? text(node) : undefined;
      },
      '0.0.0.0/32',
      'no address is written',
    ),
    peers: items.flatMap((node) => {
      if (node.kind !== 'mapping') return [];
      const peer: Scope = { ...bgp, node, field: `${bgp.field}.peers.*`, anchor: node.span };
      return [
        {
          address: withFallback(peer, 'address', text, '', 'no address is written'),
          asn: withFallback(peer, 'asn', integer, 0, 'no asn is written'),
          password: dottedReference(peer, 'password', ['secret']),
        },
      ];
    }),
  };
}
