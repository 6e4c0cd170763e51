import { isGiven, type NeededSecret } from '../needed/secret.js';
import type { LockedSecret } from './lock.js';

/** What is to be done about a secret, as far as the lock file can tell. */
export type Shortfall =
  | { readonly kind: 'missing'; readonly secret: NeededSecret; readonly given: boolean }
  /** The certificate is for another address than the host has. */
  | {
      readonly kind: 'other-address';
      readonly secret: NeededSecret;
      readonly given: false;
      readonly address: string;
    }
  | { readonly kind: 'ends'; readonly secret: NeededSecret; readonly ends: string; readonly given: boolean };

/** Days before the end of a certificate from which on it wants to be replaced. */
export const renewalDays = 60;

/**
 * What is missing of the needed secrets, or cannot stay as it is, by name.
 *
 * @param there what the lock file says
 * @param today `2026-11-24`
 */
export function shortfalls(
  needed: readonly NeededSecret[],
  there: ReadonlyMap<string, LockedSecret>,
  today: string,
): Shortfall[] {
  return needed.flatMap((secret): Shortfall[] => {
    const given = isGiven(secret);
    const locked = there.get(secret.name);
    if (locked === undefined) return [{ kind: 'missing', secret, given }];
    const { form } = secret;
    if (form.kind === 'member' && locked.address !== form.address)
      return [{ kind: 'other-address', secret, given: false, address: form.address }];
    if (locked.ends !== undefined && locked.ends < daysAfter(today, renewalDays))
      return [{ kind: 'ends', secret, ends: locked.ends, given }];
    return [];
  });
}

/** The names of what is there and nothing needs any more, sorted. */
export function leftOver(needed: readonly NeededSecret[], there: ReadonlyMap<string, unknown>): string[] {
  const names = new Set(needed.map(({ name }) => name));
  return [...there.keys()].filter((name) => !names.has(name)).sort();
}

function daysAfter(day: string, days: number): string {
  const millisecondsPerDay = 86_400_000;
  return new Date(Date.parse(day) + days * millisecondsPerDay).toISOString().slice(0, 10);
}
