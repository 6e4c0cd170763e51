import { parse } from 'yaml';
import { secretName } from '../file/names.js';
import { type Lock, type LockedSecret, lockFormat } from './lock.js';

export type ReadLock =
  | { readonly kind: 'read'; readonly lock: Lock }
  /** Written by a Groundplan that knows more than this one. */
  | { readonly kind: 'other-format'; readonly format: number }
  | { readonly kind: 'damaged'; readonly problem: string };

/** Reads the text of a lock file. */
export function readLock(text: string): ReadLock {
  const data = parsed(text);
  if (!isRecord(data)) return damaged('it is no YAML map');
  const { format, sealed, recipients, secrets } = data;
  if (typeof format !== 'number') return damaged('it does not say its format');
  if (format !== lockFormat) return { kind: 'other-format', format };
  if (typeof sealed !== 'string' || !/^[0-9a-f]{64}$/.test(sealed)) return damaged('"sealed" is no SHA-256');
  if (!Array.isArray(recipients) || !recipients.every((each) => typeof each === 'string'))
    return damaged('"recipients" is no list');
  if (!isRecord(secrets)) return damaged('"secrets" is no map');
  const found = new Map<string, LockedSecret>();
  for (const [name, value] of Object.entries(secrets)) {
    const secret = secretIn(value);
    if (secret === undefined || !secretName.test(name)) return damaged(`what it says of "${name}" cannot be read`);
    found.set(name, secret);
  }
  return { kind: 'read', lock: { sealed, recipients, secrets: found } };
}

function parsed(text: string): unknown {
  try {
    return parse(text, { prettyErrors: false });
  } catch {
    return undefined;
  }
}

function secretIn(value: unknown): LockedSecret | undefined {
  if (!isRecord(value)) return undefined;
  const { version, mark, address, ends, fingerprint, public: shown } = value;
  if (typeof version !== 'number' || !Number.isSafeInteger(version) || version < 1) return undefined;
  if (typeof mark !== 'string') return undefined;
  const texts = { address, ends, fingerprint, public: shown };
  if (!Object.values(texts).every((each) => each === undefined || typeof each === 'string')) return undefined;
  return { version, mark, ...Object.fromEntries(Object.entries(texts).filter(([, each]) => each !== undefined)) };
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function damaged(problem: string): ReadLock {
  return { kind: 'damaged', problem };
}
