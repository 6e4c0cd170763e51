import type { Host } from '@groundplan/model';
import { blockAround } from './nftables.js';
import type { PublicAddress, Text } from './text.js';

/** Something that a host serves, as a rule of nftables. */
export interface Opening {
  /** Addresses and ranges of IPv4. */
  readonly from: 'anyone' | Text<PublicAddress>;
  /** `tcp dport 80`. */
  readonly match: string;
  /** Who comes by it, for the comment. */
  readonly why: string;
}

/** Rules of the chain `input`, a line each; what nobody can come by is left out. */
export function rulesOf(openings: readonly Opening[]): Text {
  return openings.flatMap(({ from, match, why }) => {
    if (from === 'anyone') return [`${match} accept comment "${why}"\n`];
    if (from.length === 0) return [];
    const sources = from.flatMap((source, index) => (index === 0 ? [source] : [', ', source]));
    return ['ip saddr { ', ...sources, ` } ${match} accept comment "${why}"\n`];
  });
}

/**
 * The blocks of the address plan that hosts are in: with one more host of an entity no rule changes.
 * Sorted, each once.
 */
export function blockOfHosts(hosts: readonly Host[]): string[] {
  return [...new Set(hosts.map(blockAround))].sort();
}
