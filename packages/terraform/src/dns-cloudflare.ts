import type { Dns } from '@groundplan/model';
import { type Expression, expression } from './emitter/index.js';
import { placeOfRoute } from './places.js';
import { checkersOwnRecords, publishedHosts, recordName } from './published.js';
import type { RootModule } from './root-module.js';
import type { Place } from './trace.js';

const zoneKey = 'zone';

/** Cloudflare's word for a TTL of its own choice, the only one of proxied records. */
const automaticTtl = 1;

/**
 * Records at Cloudflare, one for each address, in a zone that is there. Where checkers publish them there are none: a record that they drop would be
 * created again by the next apply.
 */
export function writeCloudflareDns(module: RootModule, dns: Dns): void {
  if (checkersOwnRecords(dns)) return;
  const hosts = publishedHosts(module.model);
  if (hosts.length === 0) return;
  const zoneId = idOfZone(module, dns);
  for (const { host, balancer, route, addresses } of hosts) {
    for (const { key, type, address } of addresses) {
      module.resource(placeOfRoute(balancer, route), 'cloudflare_dns_record', `${recordName(type, host)}_${key}`, {
        zoneId,
        // In full: Cloudflare answers with the full name, and anything shorter would differ at every plan.
        name: host,
        type,
        content: address,
        proxied: dns.proxied.value,
        ttl: dns.proxied.value ? automaticTtl : dns.ttl.value,
      });
    }
  }
}

function idOfZone(module: RootModule, dns: Dns): string | Expression {
  if (dns.zoneId !== undefined) return dns.zoneId.value;
  const place: Place = { path: 'dns.zone', span: dns.zone.origin.span };
  module.data(place, 'cloudflare_zone', zoneKey, { filter: { name: dns.zone.value } });
  return expression(`data.cloudflare_zone.${zoneKey}.id`);
}
