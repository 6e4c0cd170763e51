import { createHash, createHmac, randomBytes } from 'node:crypto';
import type { SecretValues } from '../file/content.js';
import { lockKeyName } from '../file/names.js';
import type { Lock, LockedSecret } from '../lock/lock.js';
import type { NeededSecret } from '../needed/secret.js';
import { publicPart } from './public-part.js';

/** The values with a key for the marks among them: the one that is there, or a new one. */
export function withLockKey(values: SecretValues): SecretValues {
  return values.has(lockKeyName) ? values : new Map([...values, [lockKeyName, randomBytes(32).toString('base64')]]);
}

/**
 * What may be known of the values. A version goes up where a mark differs from the one before, whoever changed the value.
 *
 * @param values with the key for the marks
 */
export function lockedOf(
  values: SecretValues,
  needed: readonly NeededSecret[],
  before: Lock | undefined,
): ReadonlyMap<string, LockedSecret> {
  const key = values.get(lockKeyName) ?? '';
  const forms = new Map(needed.map(({ name, form }) => [name, form]));
  const locked = new Map<string, LockedSecret>();
  for (const [name, value] of values) {
    if (name === lockKeyName) continue;
    const old = before?.secrets.get(name);
    const form = forms.get(name);
    const mark = markOf(name, value, key);
    const isSame = old?.mark === mark;
    const version = old === undefined ? 1 : isSame ? old.version : old.version + 1;
    // What nothing needs any more keeps what was known of it.
    const shown = form === undefined ? (isSame ? old : {}) : publicPart(form, value);
    locked.set(name, { ...shown, version, mark });
  }
  return locked;
}

/** A lock file as if a secret had been called `to` all along, so that its version stays. */
export function renamedInLock(lock: Lock, values: SecretValues, from: string, to: string): Lock {
  const { [from]: renamed, ...others } = Object.fromEntries(lock.secrets);
  const value = values.get(from);
  if (renamed === undefined || value === undefined) return lock;
  const mark = markOf(to, value, values.get(lockKeyName) ?? '');
  return { ...lock, secrets: new Map([...Object.entries(others), [to, { ...renamed, mark }]]) };
}

/** 128 bits, which only who has the key can compute. */
function markOf(name: string, value: string, key: string): string {
  return createHmac('sha256', Buffer.from(key, 'base64'))
    .update(`${name}\0${value}`)
    .digest()
    .subarray(0, 16)
    .toString('base64url');
}

/** SHA-256 of an encrypted file, in hexadecimal, with either kind of line ends: Git may change them. */
export function hashOf(file: Uint8Array | string): string {
  const text = Buffer.from(file).toString('latin1').replaceAll('\r\n', '\n');
  return createHash('sha256').update(text, 'latin1').digest('hex');
}
