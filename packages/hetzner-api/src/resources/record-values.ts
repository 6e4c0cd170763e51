import { parseIpv4 } from '../addresses/ipv4.js';
import { parseIpv6 } from '../addresses/ipv6.js';

/** Types of record sets (https://docs.hetzner.cloud, Zone RRSets). */
export const recordTypes = [
  'A',
  'AAAA',
  'CAA',
  'CNAME',
  'DS',
  'HINFO',
  'HTTPS',
  'MX',
  'NS',
  'PTR',
  'RP',
  'SOA',
  'SRV',
  'SVCB',
  'TLSA',
  'TXT',
] as const;

export type RecordType = (typeof recordTypes)[number];

/** A name in a record's value: absolute with a final dot, or relative to the zone, or `@`. */
const target =
  /^(?:@|\.|(?:\*\.)?(?:[a-zA-Z0-9_](?:[-a-zA-Z0-9_]{0,61}[a-zA-Z0-9_])?\.)*[a-zA-Z0-9_](?:[-a-zA-Z0-9_]{0,61}[a-zA-Z0-9_])?\.?)$/;

/** One or more strings in double quotes, of at most 255 characters each; a backslash escapes. */
const quotedStrings = /^"(?:[^"\\]|\\.){0,255}"(?:\s+"(?:[^"\\]|\\.){0,255}")*$/s;

const hexadecimal = /^[0-9a-fA-F\s]+$/;

/** What is wrong with the value of a record of that type, or undefined. */
export function refuseRecordValue(type: RecordType, value: string): string | undefined {
  const parts = value.split(/\s+/);
  switch (type) {
    case 'A':
      return parseIpv4(value) === undefined ? `'${value}' is not an IPv4 address` : undefined;
    case 'AAAA':
      return parseIpv6(value) === undefined ? `'${value}' is not an IPv6 address` : undefined;
    case 'CNAME':
    case 'NS':
    case 'PTR':
      return target.test(value) ? undefined : `'${value}' is not a domain name`;
    case 'MX':
      return matches(parts, [isNumber(65535), isTarget]) ? undefined : `'${value}' is not of the form: priority name`;
    case 'SRV':
      return matches(parts, [isNumber(65535), isNumber(65535), isNumber(65535), isTarget])
        ? undefined
        : `'${value}' is not of the form: priority weight port name`;
    case 'RP':
      return matches(parts, [isTarget, isTarget]) ? undefined : `'${value}' is not of the form: mailbox name`;
    case 'TXT':
      return quotedStrings.test(value)
        ? undefined
        : 'must be enclosed in double quotes, in strings of at most 255 characters';
    case 'HINFO':
      return quotedStrings.test(value) ? undefined : 'must be two strings in double quotes';
    case 'CAA':
      return /^(?:[0-9]|[1-9][0-9]|1[0-9]{2}|2[0-4][0-9]|25[0-5])\s+[a-zA-Z0-9]+\s+"[^"]*"$/.test(value)
        ? undefined
        : `'${value}' is not of the form: flags tag "value"`;
    case 'DS':
      return matches(parts.slice(0, 3), [isNumber(65535), isNumber(255), isNumber(255)]) &&
        hexadecimal.test(parts.slice(3).join(''))
        ? undefined
        : `'${value}' is not of the form: key-tag algorithm digest-type digest`;
    case 'TLSA':
      return matches(parts.slice(0, 3), [isNumber(255), isNumber(255), isNumber(255)]) &&
        hexadecimal.test(parts.slice(3).join(''))
        ? undefined
        : `'${value}' is not of the form: usage selector matching-type data`;
    case 'HTTPS':
    case 'SVCB':
      return matches(parts.slice(0, 2), [isNumber(65535), isTarget])
        ? undefined
        : `'${value}' is not of the form: priority name [parameters]`;
    case 'SOA':
      return 'SOA records are managed by Hetzner';
  }
}

type PartTest = (part: string) => boolean;

function matches(parts: readonly string[], tests: readonly PartTest[]): boolean {
  return parts.length === tests.length && tests.every((test, index) => test(parts[index] ?? ''));
}

function isNumber(most: number): PartTest {
  return (part) => /^(?:0|[1-9][0-9]{0,4})$/.test(part) && Number(part) <= most;
}

const isTarget: PartTest = (part) => target.test(part);

/** Whether a word is a type of record sets. */
export function isRecordType(word: string): word is RecordType {
  return (recordTypes as readonly string[]).includes(word);
}
