import type { Tier } from '../model.js';
import { formatAddress, type Ipv4Range, sizeOf } from '../values/ipv4.js';
import { sha256Hex } from './hash.js';

/**
 * Where each tier lies in a region's range, in fractions of it, and how many addresses an entity's block has.
 * Lower half apps, third quarter balancers, the next eighth databases, the last eighth storage.
 */
const areas: Readonly<Record<Tier, { readonly from: number; readonly to: number; readonly block: number }>> = {
  app: { from: 0, to: 1 / 2, block: 128 },
  lb: { from: 1 / 2, to: 3 / 4, block: 16 },
  db: { from: 3 / 4, to: 7 / 8, block: 16 },
  sto: { from: 7 / 8, to: 1, block: 16 },
};

/** How many blocks a tier has in a range with this prefix. */
export function blocksOf(tier: Tier, prefix: number): number {
  const area = areas[tier];
  return ((area.to - area.from) * 2 ** (32 - prefix)) / area.block;
}

/**
 * The block of an entity: its `slot`, or SHA-256 of its first name (the first 32 bits), modulo the number of blocks.
 * A pure function of the entity alone, so that nothing else in the file can move it.
 */
export function blockOf(tier: Tier, prefix: number, firstName: string, slot: number | undefined): number {
  const number = slot ?? Number.parseInt(sha256Hex(firstName).slice(0, 8), 16);
  return number % blocksOf(tier, prefix);
}

/** The address of a host: its block + 1 + its ordinal, which counts from 1 (`.1` is the network's gateway at Hetzner). */
export function addressOf(range: Ipv4Range, tier: Tier, block: number, ordinal: number): string {
  return formatAddress(blockRange(range, tier, block).base + 1 + ordinal);
}

/** The addresses of a block: its hosts have the third of them and those behind it. */
export function blockRange(range: Ipv4Range, tier: Tier, block: number): Ipv4Range {
  const area = areas[tier];
  return {
    base: range.base + area.from * sizeOf(range) + block * area.block,
    prefix: 32 - Math.log2(area.block),
  };
}

/** The arbiter is alone in its range: base + 2. */
export function arbiterAddress(range: Ipv4Range): string {
  return formatAddress(range.base + 2);
}
