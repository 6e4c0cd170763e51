/**
 * The Distinguished Encoding Rules (ITU-T X.690), as far as a certificate needs them: each function gives one encoded value.
 */

export function sequence(...parts: readonly Uint8Array[]): Buffer {
  return value(0x30, ...parts);
}

export function set(...parts: readonly Uint8Array[]): Buffer {
  return value(0x31, ...parts);
}

/** A number from 0, as big-endian bytes or as itself. */
export function integer(number: number | Uint8Array): Buffer {
  const bytes = typeof number === 'number' ? Buffer.from([number]) : withoutLeadingZeros(number);
  // The first bit is the sign.
  const isNegative = ((bytes[0] ?? 0) & 0x80) !== 0;
  return value(0x02, isNegative ? Buffer.concat([Buffer.from([0]), bytes]) : bytes);
}

export function boolean(truth: boolean): Buffer {
  return value(0x01, Buffer.from([truth ? 0xff : 0]));
}

export function octets(...parts: readonly Uint8Array[]): Buffer {
  return value(0x04, ...parts);
}

/** @param unused bits at the end of the last byte that mean nothing */
export function bits(bytes: Uint8Array, unused = 0): Buffer {
  return value(0x03, Buffer.from([unused]), bytes);
}

export function utf8(text: string): Buffer {
  return value(0x0c, Buffer.from(text, 'utf8'));
}

/** `2.5.29.19`; each number is below 2²⁸. */
export function objectId(dotted: string): Buffer {
  const [first = 0, second = 0, ...others] = dotted.split('.').map(Number);
  return value(0x06, Buffer.from([first * 40 + second, ...others.flatMap(base128)]));
}

/** With full seconds. Until 2049 in the short form, as RFC 5280 (4.1.2.5) wants it. */
export function time(date: Date): Buffer {
  const digits = `${date.toISOString().replace(/[-:T]|\..*$/g, '')}Z`;
  return date.getUTCFullYear() < 2050
    ? value(0x17, Buffer.from(digits.slice(2), 'ascii'))
    : value(0x18, Buffer.from(digits, 'ascii'));
}

/** What stands in square brackets in a definition: with `holds`, a whole value; else it replaces the tag of one. */
export function tagged(number: number, holds: 'value' | 'bytes', ...parts: readonly Uint8Array[]): Buffer {
  return value((holds === 'value' ? 0xa0 : 0x80) | number, ...parts);
}

function value(tag: number, ...parts: readonly Uint8Array[]): Buffer {
  const content = Buffer.concat(parts);
  return Buffer.concat([Buffer.from([tag, ...lengthOf(content.length)]), content]);
}

function lengthOf(length: number): number[] {
  if (length < 0x80) return [length];
  const bytes: number[] = [];
  for (let rest = length; rest > 0; rest = Math.floor(rest / 256)) bytes.unshift(rest % 256);
  return [0x80 | bytes.length, ...bytes];
}

function base128(number: number): number[] {
  const bytes = [number & 0x7f];
  for (let rest = number >>> 7; rest > 0; rest >>>= 7) bytes.unshift((rest & 0x7f) | 0x80);
  return bytes;
}

function withoutLeadingZeros(bytes: Uint8Array): Uint8Array {
  const first = bytes.findIndex((byte) => byte !== 0);
  return first === -1 ? Buffer.from([0]) : bytes.subarray(first);
}
