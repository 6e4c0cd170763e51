import {
  appCount,
  balancerCount,
  checks,
  duration,
  type FieldCase,
  location,
  notMap,
  notText,
  regionCidr,
  regionRenamedFrom,
  serverType,
  standby,
  truth,
} from './shared.js';

/** What all of a topology has in common: its name, regions and DNS. */
export const around: Readonly<Record<string, FieldCase>> = {
  topology: {
    right: ['v1'],
    wrong: [
      [1, 'schema/type'],
      ['v2', 'schema/enum'],
    ],
  },
  name: {
    right: ['shop', 'a', 'a-name-of-21-lettersx'],
    wrong: [
      notText,
      ['Shop', 'schema/name'],
      ['1shop', 'schema/name'],
      ['shop-', 'schema/name'],
      ['a-name-of-22-lettersxx', 'schema/name'],
    ],
  },
  image: {
    right: ['debian-12', 'debian-13', 'ubuntu-24.04'],
    wrong: [
      [12, 'schema/type'],
      ['debian-11', 'schema/enum'],
    ],
  },
  labels: { right: [{}, { team: 'a', 'example.com/team': 'b' }], wrong: [notMap, [{ '-a': 'b' }, 'schema/format']] },
  'labels.*': {
    right: ['a', '', 'a_b.c-d'],
    wrong: [notText, ['a b', 'schema/format'], ['x'.repeat(64), 'schema/format']],
  },
  region: {
    right: ['fsn1', { location: 'hel1' }],
    wrong: [notMap, ['fsn', 'schema/enum'], [{}, 'schema/missing-key'], [{ locaton: 'fsn1' }, 'schema/unknown-key']],
  },
  'region.location': location,
  'region.cidr': regionCidr,
  regions: {
    right: [{ a: 'fsn1', b: { location: 'hel1' } }],
    wrong: [
      notMap,
      [{}, 'schema/empty'],
      [{ A: 'fsn1' }, 'schema/name'],
      [{ 'a-region-of-16ch': 'fsn1' }, 'schema/name'],
    ],
  },
  'regions.*': {
    right: ['sin', { location: 'sin' }],
    wrong: [
      [1, 'schema/type'],
      ['sim', 'schema/enum'],
      [{}, 'schema/missing-key'],
      [null, 'schema/type'],
    ],
  },
  'regions.*.location': location,
  'regions.*.cidr': regionCidr,
  'regions.*.load_balancers': { right: [{}, { edge: { count: 3 } }], wrong: [notMap] },
  'regions.*.load_balancers.*': { right: [{}], wrong: [notMap, [{ mode: 'bgp' }, 'schema/unknown-key']] },
  'regions.*.load_balancers.*.count': balancerCount,
  'regions.*.load_balancers.*.type': serverType,
  'regions.*.apps': { right: [{}, { web: { count: 3 } }], wrong: [notMap] },
  'regions.*.apps.*': { right: [{}], wrong: [notMap, [{ port: 3000 }, 'schema/unknown-key']] },
  'regions.*.apps.*.count': appCount,
  'regions.*.apps.*.type': serverType,
  'regions.*.databases': { right: [{}, { main: { standby: 0 } }], wrong: [notMap] },
  'regions.*.databases.*': { right: [{}], wrong: [notMap, [{ engine: 'mariadb' }, 'schema/unknown-key']] },
  'regions.*.databases.*.type': serverType,
  'regions.*.databases.*.standby': standby,
  'regions.*.renamed_from': regionRenamedFrom,
  arbiter: {
    right: [{ location: 'nbg1' }],
    wrong: [
      ['nbg1', 'schema/type'],
      [{}, 'schema/missing-key'],
    ],
  },
  'arbiter.location': location,
  'arbiter.cidr': {
    right: ['10.250.0.0/24'],
    wrong: [notText, ['10.250.0.1/24', 'schema/format'], ['10.250.0.0/16', 'region/cidr-size']],
  },
  'arbiter.type': serverType,
  dns: {
    right: [{ provider: 'none', zone: 'example.com' }],
    wrong: [notMap, [{}, 'schema/missing-key'], [{ provider: 'none' }, 'schema/missing-key']],
  },
  'dns.provider': { right: ['cloudflare', 'hetzner', 'none'], wrong: [notText, ['route53', 'schema/enum']] },
  'dns.zone': {
    right: ['example.com', 'a.xn--p1ai'],
    wrong: [notText, ['example', 'schema/format'], ['Example.com', 'schema/format'], ['example.com.', 'schema/format']],
  },
  'dns.zone_id': {
    right: ['0'.repeat(32)],
    wrong: [notText, ['abc', 'schema/format']],
    beside: { dns: { provider: 'cloudflare' } },
  },
  'dns.create': truth,
  'dns.ttl': {
    right: [60, 86400],
    wrong: [
      ['60', 'schema/type'],
      [59, 'dns/ttl-low'],
      [86401, 'schema/range'],
    ],
  },
  'dns.proxied': truth,
  'dns.failover': { right: [{}, { by: 'none' }], wrong: [notMap] },
  'dns.failover.by': {
    right: ['checkers', 'none'],
    wrong: [
      [false, 'schema/type'],
      ['checker', 'schema/enum'],
    ],
  },
  'dns.failover.interval': duration,
  'dns.failover.fall': checks,
  'dns.failover.rise': checks,
  'dns.failover.keep_at_least': {
    right: [1, 60],
    wrong: [
      ['1', 'schema/type'],
      [0, 'schema/range'],
      [61, 'schema/range'],
    ],
  },
};
