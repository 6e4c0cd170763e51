import type { Labels } from '../input/labels.js';
import type { NameserverRecord, RRSetRecord, ZoneRecord } from '../state/records.js';

/** The authoritative nameservers of Hetzner DNS. */
export const nameservers: readonly string[] = [
  'hydrogen.ns.hetzner.com.',
  'oxygen.ns.hetzner.com.',
  'helium.ns.hetzner.de.',
];

/** Seconds; the default of https://docs.hetzner.cloud (Create a Zone). */
export const defaultTtl = 3600;

/** A new zone with the SOA and the three NS records that Hetzner makes. */
export function makeZone(wanted: {
  readonly id: number;
  readonly name: string;
  readonly mode: 'primary' | 'secondary';
  readonly ttl: number;
  readonly labels: Labels;
  readonly primaryNameservers: readonly NameserverRecord[];
  readonly now: number;
}): ZoneRecord {
  const zone: ZoneRecord = {
    id: wanted.id,
    name: wanted.name,
    labels: wanted.labels,
    created: wanted.now,
    mode: wanted.mode,
    ttl: wanted.ttl,
    protection: { delete: false },
    primaryNameservers: wanted.primaryNameservers,
    rrsets: [],
  };
  if (wanted.mode === 'secondary') return zone;
  zone.rrsets = [apex('SOA', [soaValue(`${dateOf(wanted.now)}00`)], wanted.now), apex('NS', nameservers, wanted.now)];
  return zone;
}

function apex(type: string, values: readonly string[], now: number): RRSetRecord {
  return {
    name: '@',
    type,
    ttl: null,
    labels: {},
    protection: { change: false },
    records: values.map((value) => ({ value, comment: '' })),
    created: now,
  };
}

function soaValue(serial: string): string {
  return `${nameservers[0]} dns.hetzner.com. ${serial} 86400 10800 3600000 3600`;
}

function dateOf(now: number): string {
  return new Date(now).toISOString().slice(0, 10).replaceAll('-', '');
}

/** Raises the serial number of the SOA (`YYYYMMDDnn`), as Hetzner does with every change. */
export function raiseSerial(zone: ZoneRecord, now: number): void {
  const soa = zone.rrsets.find((rrset) => rrset.type === 'SOA');
  const old = Number(soa?.records[0]?.value.split(' ')[2] ?? 0);
  const today = Number(`${dateOf(now)}00`);
  if (soa !== undefined) soa.records = [{ value: soaValue(String(Math.max(old + 1, today))), comment: '' }];
}
