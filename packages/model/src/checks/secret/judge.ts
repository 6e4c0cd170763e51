import { type KnownFormat, knownFormats, mayHoldKnown } from './known-formats.js';

/** A part of a text that looks like a secret. */
export interface Finding {
  /** Offsets in the text that was looked at. */
  readonly start: number;
  readonly end: number;
  /** As a message calls it: "a password". Never the secret itself. */
  readonly what: string;
  /** What to call it in the file of the secrets, when its place gives no better name. */
  readonly secretName: string;
}

/** The secrets in a text that can be told by their looks, in the order of the text. */
export function knownIn(text: string): Finding[] {
  if (!mayHoldKnown(text)) return [];
  return withoutOverlap(
    knownFormats.flatMap((format) => [...text.matchAll(format.pattern)].flatMap((match) => finding(format, match))),
  );
}

/** Of findings that overlap the one that begins first, then the longest. */
export function withoutOverlap(findings: readonly Finding[]): Finding[] {
  let end = 0;
  return [...findings]
    .sort((a, b) => a.start - b.start || b.end - a.end)
    .filter((each) => {
      if (each.start < end) return false;
      end = each.end;
      return true;
    });
}

function finding({ what, secretName }: KnownFormat, match: RegExpExecArray): Finding[] {
  const [start, end] = match.indices?.groups?.['secret'] ?? [match.index, match.index + match[0].length];
  const secret = match.groups?.['secret'];
  return secret !== undefined && isStandIn(secret) ? [] : [{ start, end, what, secretName }];
}

/** What a value is that stands under a name such as DB_PASSWORD; undefined when it is nothing secret. */
export function secretByName(name: string, value: string): string | undefined {
  if (!/PASS|PWD|SECRET|TOKEN|KEY/i.test(name)) return undefined;
  const words = wordsOf(name);
  if (words.some((word) => open.has(word)) || isOrdinary(value)) return undefined;
  const last = words.at(-1) ?? '';
  const isPassword =
    /(PASSWORD|PASSWD|PASSPHRASE|PASSCODE)$/.test(last) || last === 'PASS' || (last === 'PWD' && words.length > 1);
  if (isPassword) return value.length >= 4 ? 'a password' : undefined;
  if (last.endsWith('SECRET') || words.slice(-3).join(' ') === 'SECRET KEY BASE') {
    return value.length >= 4 && !/\s/.test(value) ? 'a secret' : undefined;
  }
  if (/(TOKEN|APIKEY)$/.test(last) || (last === 'KEY' && secretKeys.has(words.at(-2) ?? ''))) {
    return looksMade(value) ? (last.endsWith('TOKEN') ? 'a token' : 'a key') : undefined;
  }
  const isHarmless = words.some((word) => harmless.has(word));
  return last === 'KEY' && !isHarmless && (looksRandom(value) || /^[0-9a-f]{32,}$/i.test(value)) ? 'a key' : undefined;
}

/** The kinds of keys that are secrets whatever they look like; a cache key or a sort key is none. */
const secretKeys = new Set([
  'ACCESS',
  'ACCOUNT',
  'API',
  'AUTH',
  'ENCRYPTION',
  'HMAC',
  'MASTER',
  'PRIVATE',
  'SECRET',
  'SIGNING',
]);

/** Words of a name that say that everybody may know the value. */
const open = new Set(['ANON', 'PUBLIC', 'PUBLISHABLE']);

/** Names whose values look random without being secret: sums and ids. */
const harmless = new Set([
  ...open,
  ...['BUILD', 'CHECKSUM', 'COMMIT', 'CSP', 'DIGEST', 'ETAG', 'FINGERPRINT', 'GUID', 'HASH', 'ID', 'IDS', 'INTEGRITY'],
  ...['NONCE', 'REF', 'REV', 'REVISION', 'SHA', 'SHA256', 'SITE', 'SUM', 'UUID', 'VERSION'],
]);

/** Whether a whole value looks like a random key, under a name that does not say that it is something else. */
export function randomUnder(name: string, value: string): boolean {
  return looksRandom(value) && !wordsOf(name).some((word) => harmless.has(word));
}

/**
 * Letters of both cases and digits, thoroughly mixed: long, of many different characters, and changing between small, capital and
 * digit at every other step. Words that are joined, dates, sums in hexadecimal and UUIDs are not.
 */
export function looksRandom(value: string): boolean {
  if (!/^[A-Za-z0-9+/_=-]{24,}$/.test(value) || /^[-/]|^sha(1|256|384|512)-/.test(value)) return false;
  const digits = value.replace(/[^0-9]/g, '').length;
  if (!/[a-z]/.test(value) || !/[A-Z]/.test(value) || digits < 2) return false;
  let changes = 0;
  for (let at = 1; at < value.length; at++) {
    if (classOf(value.charCodeAt(at)) !== classOf(value.charCodeAt(at - 1))) changes++;
  }
  return changes / (value.length - 1) >= 0.4 && entropy(value) >= 3.5;
}

function classOf(code: number): number {
  if (code >= 97 && code <= 122) return 0;
  if (code >= 65 && code <= 90) return 1;
  return code >= 48 && code <= 57 ? 2 : 3;
}

/** Shannon's entropy of the characters, in bits each. */
function entropy(text: string): number {
  const counts = new Map<string, number>();
  for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1);
  return [...counts.values()].reduce((sum, count) => sum - (count / text.length) * Math.log2(count / text.length), 0);
}

/** Long enough for a key or token, and no plain word: with digits, with both cases, or longer than words are. */
function looksMade(value: string): boolean {
  if (value.length < 8 || /\s/.test(value)) return false;
  if (/^[0-9]+$/.test(value)) return value.length > 10;
  return (
    (/[0-9]/.test(value) && /[A-Za-z]/.test(value)) ||
    (/[a-z]/.test(value) && /[A-Z]/.test(value)) ||
    value.length >= 20
  );
}

/** What stands under such names without being secret: switches, numbers with units, addresses, paths, words for "elsewhere". */
function isOrdinary(value: string): boolean {
  return (
    value.trim() === '' ||
    isStandIn(value) ||
    /^(true|false|yes|no|on|off|null|none|nil|auto|default|disabled|enabled|optional|required|env|file|string|str|text|bool|boolean)$/i.test(
      value,
    ) ||
    /^[0-9]+(\.[0-9]+)?(ms|s|m|h|d|w|kb|mb|gb|tb)$/i.test(value) ||
    /^[a-z][a-z0-9+.-]*:\/\//i.test(value) ||
    /^(\/|\.\.?\/|~\/)/.test(value) ||
    /^[0-9]{1,3}$/.test(value)
  );
}

/** Something in the place of a secret: stars, `<password>`, `$DB_PASSWORD`, `{{ password }}`, an expression of a program. */
function isStandIn(value: string): boolean {
  return (
    /^[*xX.•_-]+$/.test(value) || /^(<.*>?|\$[A-Za-z_({].*|%.*%|\{\{?.*)$/.test(value) || /[(){}[\]<>\0]/.test(value)
  );
}

/** `DB_PASSWORD`, `dbPassword` and `db-password` as DB, PASSWORD. */
function wordsOf(name: string): string[] {
  return name
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .toUpperCase()
    .split(/[^A-Z0-9]+/)
    .filter((word) => word !== '');
}
