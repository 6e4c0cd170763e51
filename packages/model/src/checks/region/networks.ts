import type { LocationName } from '@groundplan/catalog';
import type { Edit } from '@groundplan/diagnostics';
import { nodeAt, type SyntaxTree } from '@groundplan/syntax';
import { replaceAt } from '../../edits.js';
import type { Model, Region, Sourced } from '../../model.js';
import { literalDefault } from '../../read/defaults.js';
import { rangeByLocation } from '../../read/regions.js';
import {
  formatRange,
  type Ipv4Range,
  isPrivate,
  overlaps,
  parseAddress,
  parseRange,
  sizeOf,
} from '../../values/ipv4.js';
import { isMeant, isWritten } from '../places.js';
import { setInRegion } from './set-in-region.js';

/** A private network of the topology: a region's, or the arbiter's. */
export interface Network {
  /** As messages call it. */
  readonly name: string;
  readonly cidr: Sourced<string>;
  /** Undefined for the arbiter. */
  readonly region: Region | undefined;
  /** Its range when nothing is written. */
  readonly home: Ipv4Range;
  /** The prefixes that it may have. */
  readonly largest: number;
  readonly smallest: number;
}

/** The networks of which location and range are known, those whose range was refused included. */
export function networksOf(model: Model): Network[] {
  const regions = model.regions
    .filter(({ location }) => isWritten(location))
    .map((region) => ({
      name: region.name,
      cidr: region.cidr,
      region,
      home: homeOf(region.location.value),
      largest: 16,
      smallest: 18,
    }));
  if (model.arbiter === undefined) return regions;
  const home = rangeOf(String(literalDefault('arbiter.cidr')));
  return [
    ...regions,
    { name: 'the arbiter', cidr: model.arbiter.cidr, region: undefined, home, largest: 24, smallest: 24 },
  ];
}

/** The range of a network that can be used as it is; undefined for one that has a diagnostic of its own. */
export function usableRange(network: Network): Ipv4Range | undefined {
  const range = isMeant(network.cidr) ? parseRange(network.cidr.value) : undefined;
  return range !== undefined && hasRightSize(network, range.prefix) && isPrivate(range) && !holdsGateway(range)
    ? range
    : undefined;
}

export function hasRightSize({ largest, smallest }: Network, prefix: number): boolean {
  return largest <= prefix && prefix <= smallest;
}

/** The range of a location's first region. */
export function homeOf(location: LocationName): Ipv4Range {
  return rangeOf(rangeByLocation[location]);
}

/** Hetzner's gateway of public interfaces, which no private network may contain (docs.hetzner.com, networks). */
export function holdsGateway(range: Ipv4Range): boolean {
  return overlaps(range, gateway);
}

const gateway = rangeOf('172.31.1.1/32');

/** What is written as the range, also where it was refused: its first address may have bits below the prefix. */
export function writtenRange(tree: SyntaxTree, network: Network): (Ipv4Range & { readonly text: string }) | undefined {
  const { cidr, region } = network;
  if (cidr.origin.kind === 'default') return undefined;
  const node = nodeAt(tree.root, [...pathOfNetwork(tree, region), 'cidr']);
  const text = node?.kind === 'scalar' ? node.value : undefined;
  const match = typeof text === 'string' ? /^([0-9.]+)\/([0-9]|[12][0-9]|3[0-2])$/.exec(text) : null;
  const address = parseAddress(match?.[1] ?? '');
  if (typeof text !== 'string' || address === undefined) return undefined;
  const prefix = Number(match?.[2]);
  return { ...startOf(address, prefix), text };
}

/**
 * A range of that size that no network of the topology has: one of `preferred`, else the first behind the network's own place in
 * the address plan.
 */
export function freeRange(
  used: readonly Ipv4Range[],
  prefix: number,
  preferred: readonly Ipv4Range[],
): Ipv4Range | undefined {
  const isFree = (range: Ipv4Range) =>
    isPrivate(range) && !holdsGateway(range) && !used.some((other) => overlaps(range, other));
  const size = sizeOf({ base: 0, prefix });
  const start = preferred.at(-1)?.base ?? ten.base;
  const steps = sizeOf(ten) / size;
  const wanted = preferred.map(({ base }) => startOf(base, prefix)).find(isFree);
  if (wanted !== undefined) return wanted;
  for (let step = 1; step < steps; step++) {
    const range = { base: ten.base + ((start - ten.base + step * size) % sizeOf(ten)), prefix };
    if (range.base >= ten.base && isFree(range)) return range;
  }
  return undefined;
}

const ten = rangeOf('10.0.0.0/8');

/** Writes the range of a network. */
export function setRange(tree: SyntaxTree, { cidr, region }: Network, range: Ipv4Range): readonly Edit[] | undefined {
  if (cidr.origin.kind !== 'default') return replaceAt(cidr.origin.span, formatRange(range));
  return region && setInRegion(tree, region, ['cidr'], formatRange(range), 'location');
}

function pathOfNetwork(tree: SyntaxTree, region: Region | undefined): readonly string[] {
  if (region === undefined) return ['arbiter'];
  return nodeAt(tree.root, ['regions', region.name]) === undefined ? ['region'] : ['regions', region.name];
}

/** The range with that prefix that `address` lies in. */
function startOf(address: number, prefix: number): Ipv4Range {
  return { base: address - (address % sizeOf({ base: 0, prefix })), prefix };
}

function rangeOf(text: string): Ipv4Range {
  return parseRange(text) as Ipv4Range;
}
