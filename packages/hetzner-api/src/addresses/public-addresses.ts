import { formatIpv4, parseIpv4 } from './ipv4.js';
import { formatIpv6 } from './ipv6.js';

/**
 * Public addresses are handed out in order and never twice, so that a replaced server gets another address, as it would
 * at Hetzner, and a client that missed the change is found out.
 *
 * IPv4: the 254 of 203.0.113.0/24 (TEST-NET-3, RFC 5737), then those of 100.64.0.0/10 (RFC 6598), neither of which is
 * routed on the internet. IPv6: a /64 each from 2001:db8::/32 (RFC 3849), beginning with 2001:db8:1::/64.
 */
export interface AddressCounters {
  nextIpv4: number;
  nextIpv6: number;
  nextMac: number;
}

/** Counters of a world in which nothing was handed out. */
export function freshCounters(): AddressCounters {
  return { nextIpv4: 0, nextIpv6: 0, nextMac: 1 };
}

const documentation = parseIpv4('203.0.113.0') ?? 0;
const shared = parseIpv4('100.64.0.0') ?? 0;

/** The next public IPv4 address. */
export function allocateIpv4(counters: AddressCounters): string {
  const index = counters.nextIpv4;
  counters.nextIpv4 += 1;
  if (index < 254) return formatIpv4(documentation + index + 1);
  // 254 addresses of every /24: the first and the last of one look like a network and a broadcast address.
  const rest = index - 254;
  return formatIpv4(shared + Math.floor(rest / 254) * 256 + (rest % 254) + 1);
}

/** The next public IPv6 network, such as `2001:db8:1::/64`. */
export function allocateIpv6(counters: AddressCounters): string {
  const index = counters.nextIpv6 + 0x10000;
  counters.nextIpv6 += 1;
  return `${formatIpv6([0x2001, 0xdb8, index >> 16, index & 0xffff, 0, 0, 0, 0])}/64`;
}

/** The next MAC address of a private interface, in the range Hetzner uses. */
export function allocateMac(counters: AddressCounters): string {
  const number = counters.nextMac;
  counters.nextMac += 1;
  return `86:00:00:${[16, 8, 0].map((shift) => ((number >> shift) & 0xff).toString(16).padStart(2, '0')).join(':')}`;
}

/** The reverse name that Hetzner gives an IPv4 address by default. */
export function defaultReverseName(ipv4: string): string {
  return `static.${ipv4.split('.').reverse().join('.')}.clients.your-server.de`;
}
