import type { Host } from '@groundplan/model';
import type { Within } from './effect.js';

/** `a`, `a and b`, `a, b and c`. */
export function listed(names: readonly string[]): string {
  const last = names.at(-1) ?? '';
  return names.length < 2 ? last : `${names.slice(0, -1).join(', ')} and ${last}`;
}

/** `1 server`, `2 servers`. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}

/** `its server is`, `all 4 servers are`. */
export function allOf(count: number, what: string): string {
  if (count === 1) return `its only ${what} is`;
  return count === 2 ? `both ${what}s are` : `all ${count} ${what}s are`;
}

export function isOrAre(count: number): string {
  return count === 1 ? 'is' : 'are';
}

const words = { load_balancer: 'load balancer', app: 'app', database: 'database', storage: 'storage' } as const;

/** `app web` */
export function entityWords(entity: NonNullable<Host['entity']>): string {
  return `${words[entity.kind]} ${entity.name}`;
}

export function atMost(seconds: number): Within {
  return { seconds, text: `≤ ${seconds} s` };
}

/** What does not mend itself. */
export const untilSomeoneActs: Within = { seconds: undefined, text: 'until a person acts' };

/** What ends with the failure, and not before. */
export const untilItIsBack: Within = { seconds: undefined, text: 'until it is back' };
