import type { Dns } from '@groundplan/model';
import { attribute, type Expression } from './emitter/index.js';
import { labelsOf } from './labels.js';
import { placeOfRoute } from './places.js';
import { isProtected } from './protection.js';
import { checkersOwnRecords, publishedHosts, recordName } from './published.js';
import type { RootModule } from './root-module.js';

/** The zone, when the topology is to create it. There is one at most. */
const zoneKey = 'zone';

/**
 * Record sets at Hetzner DNS, in a zone that is there or is created. Where the checkers drop dead balancers from them, they are
 * created with all addresses and then left to the checkers.
 */
export function writeHetznerDns(module: RootModule, dns: Dns): void {
  const { model } = module;
  if (dns.create.value) {
    module.resource({ path: 'dns.create', span: dns.create.origin.span }, 'hcloud_zone', zoneKey, {
      name: dns.zone.value,
      mode: 'primary',
      deleteProtection: isProtected(dns.zone.value),
      labels: labelsOf(model),
    });
  }
  for (const { host, balancer, route, addresses } of publishedHosts(model)) {
    for (const type of ['A', 'AAAA'] as const) {
      const records = addresses.filter((address) => address.type === type);
      if (records.length === 0) continue;
      module.resource(
        placeOfRoute(balancer, route),
        'hcloud_zone_rrset',
        recordName(type, host),
        {
          zone: zoneName(dns),
          name: relativeName(host, dns.zone.value),
          type,
          ttl: dns.ttl.value,
          records: records.map(({ address }) => ({ value: address })),
          labels: labelsOf(model),
        },
        checkersOwnRecords(dns) ? { ignoreChanges: ['records'] } : {},
      );
    }
  }
}

function zoneName(dns: Dns): string | Expression {
  return dns.create.value ? attribute('hcloud_zone', zoneKey, 'name') : dns.zone.value;
}

/** The name of a record within its zone, `@` for the zone itself. */
function relativeName(host: string, zone: string): string {
  if (host === zone) return '@';
  return host.endsWith(`.${zone}`) ? host.slice(0, -zone.length - 1) : host;
}
