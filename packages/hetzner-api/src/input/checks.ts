import type { Check } from './fields.js';

/** A hostname by RFC 1123: labels of 1–63 letters, digits and dashes, 253 in all. */
export const hostname: Check<string> = (name) =>
  name.length <= 253 && name.split('.').every((label) => /^[a-zA-Z0-9](?:[-a-zA-Z0-9]{0,61}[a-zA-Z0-9])?$/.test(label))
    ? undefined
    : 'must be a valid hostname';

/** A name of any resource that is no host: something, at most `most` characters. */
export function nameUpTo(most: number): Check<string> {
  return (name) => {
    if (name.trim() === '') return 'must not be empty';
    return [...name].length > most ? `must not be longer than ${most} characters` : undefined;
  };
}

/** The name of a volume (https://docs.hetzner.cloud, Create a Volume). */
export const volumeName: Check<string> = (name) =>
  /^[a-zA-Z0-9](?:[-_.a-zA-Z0-9]{0,62}[a-zA-Z0-9])?$/.test(name)
    ? undefined
    : 'must be 1 to 64 letters, digits, dashes, underscores and dots, beginning and ending with a letter or digit';

/** One of a set of words. */
export function oneOf(...words: readonly string[]): Check<string> {
  return (word) => (words.includes(word) ? undefined : `must be one of ${words.join(', ')}`);
}

/** An integer within bounds, both included. */
export function between(least: number, most: number): Check<number> {
  return (value) => (value >= least && value <= most ? undefined : `must be between ${least} and ${most}`);
}

/** Text of at most that many bytes in UTF-8. */
export function bytesUpTo(most: number): Check<string> {
  return (text) => (Buffer.byteLength(text, 'utf8') <= most ? undefined : `must not be larger than ${most} bytes`);
}
