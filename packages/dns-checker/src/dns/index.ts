import type { RecordSet } from '../machine/rules.js';
import type { Settings } from '../settings.js';
import type { DnsApi } from './api.js';
import { cloudflareDns } from './cloudflare.js';
import { hetznerDns } from './hetzner.js';

/** The provider of the settings. */
export function dnsApi({ dns, topology }: Settings, token: string, sets: readonly RecordSet[]): DnsApi {
  switch (dns.provider) {
    case 'hetzner':
      return hetznerDns(dns, token, topology, sets);
    case 'cloudflare':
      return cloudflareDns(dns, token, topology, sets);
  }
}
