/** A range of IPv4 addresses; `base` is its first address as an unsigned number. */
export interface Ipv4Range {
  readonly base: number;
  readonly prefix: number;
}

/** The number of an address such as `10.10.0.1`; undefined for anything else, also for leading zeros. */
export function parseAddress(text: string): number | undefined {
  const match = /^(0|[1-9][0-9]{0,2})\.(0|[1-9][0-9]{0,2})\.(0|[1-9][0-9]{0,2})\.(0|[1-9][0-9]{0,2})$/.exec(text);
  if (match === null) return undefined;
  let address = 0;
  for (const part of match.slice(1)) {
    if (Number(part) > 255) return undefined;
    address = address * 256 + Number(part);
  }
  return address;
}

export function formatAddress(address: number): string {
  return [24, 16, 8, 0].map((shift) => Math.floor(address / 2 ** shift) % 256).join('.');
}

/** A range such as `10.10.0.0/16`; undefined when it is none, or when bits below the prefix are set. */
export function parseRange(text: string): Ipv4Range | undefined {
  const match = /^([0-9.]+)\/(0|[1-9][0-9]?)$/.exec(text);
  if (match === null) return undefined;
  const base = parseAddress(match[1] ?? '');
  const prefix = Number(match[2]);
  if (base === undefined || prefix > 32 || base % sizeOf({ base, prefix }) !== 0) return undefined;
  return { base, prefix };
}

export function formatRange(range: Ipv4Range): string {
  return `${formatAddress(range.base)}/${range.prefix}`;
}

/** How many addresses the range holds. */
export function sizeOf(range: Ipv4Range): number {
  return 2 ** (32 - range.prefix);
}

export function overlaps(a: Ipv4Range, b: Ipv4Range): boolean {
  return a.base < b.base + sizeOf(b) && b.base < a.base + sizeOf(a);
}

export function contains(range: Ipv4Range, address: number): boolean {
  return range.base <= address && address < range.base + sizeOf(range);
}

const privateRanges = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16'].map((text) => parseRange(text) as Ipv4Range);

/** True when all of the range is for private networks (RFC 1918). */
export function isPrivate(range: Ipv4Range): boolean {
  return privateRanges.some((outer) => outer.prefix <= range.prefix && contains(outer, range.base));
}
