/** A range of IPv4 addresses as numbers. */
export interface Range {
  /** First address. */
  readonly first: number;
  /** Last address. */
  readonly last: number;
  /** Length of the prefix. */
  readonly prefix: number;
}

/** An IPv4 address as an unsigned number, or undefined. Leading zeros are refused. */
export function parseIpv4(text: string): number | undefined {
  const octets = text.split('.');
  if (octets.length !== 4 || !octets.every((octet) => /^(?:0|[1-9][0-9]{0,2})$/.test(octet) && Number(octet) < 256)) {
    return undefined;
  }
  return octets.reduce((address, octet) => address * 256 + Number(octet), 0);
}

/** Dotted decimal. */
export function formatIpv4(address: number): string {
  return [24, 16, 8, 0].map((shift) => Math.floor(address / 2 ** shift) % 256).join('.');
}

/** A range in CIDR notation whose host bits are zero, or undefined. */
export function parseRange(text: string): Range | undefined {
  const match = /^([0-9.]+)\/(0|[1-9][0-9]?)$/.exec(text);
  const first = parseIpv4(match?.[1] ?? '');
  const prefix = Number(match?.[2]);
  if (first === undefined || prefix > 32) return undefined;
  const size = 2 ** (32 - prefix);
  return first % size === 0 ? { first, last: first + size - 1, prefix } : undefined;
}

/** CIDR notation. */
export function formatRange(range: Range): string {
  return `${formatIpv4(range.first)}/${range.prefix}`;
}

/** Whether two ranges share an address. */
export function overlaps(a: Range, b: Range): boolean {
  return a.first <= b.last && b.first <= a.last;
}

/** Whether one range lies in another. */
export function contains(outer: Range, inner: Range): boolean {
  return outer.first <= inner.first && inner.last <= outer.last;
}

/** Whether an address lies in a range. */
export function holds(range: Range, address: number): boolean {
  return range.first <= address && address <= range.last;
}

const privateRanges = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16'].flatMap((text) => parseRange(text) ?? []);

/** Whether a range lies in one of the private ranges of RFC 1918. */
export function isPrivate(range: Range): boolean {
  return privateRanges.some((candidate) => contains(candidate, range));
}
