import { findServerType, isSold } from './offer.js';
import { compareText } from './order.js';
import type { Catalog, LocationName, ServerType } from './types.js';

/**
 * Up to `count` other types sold in that location, the most similar to `type` first: those of its architecture, then those
 * not known to be out of stock, then by how far memory and cores are off, where less than asked for counts as further than
 * more, and another series as further than its own. Nothing for a type the catalogue does not have.
 */
export function nearestTypes(catalog: Catalog, type: string, location: LocationName, count: number): ServerType[] {
  const wanted = findServerType(catalog, type);
  if (wanted === undefined) return [];
  return catalog.serverTypes
    .filter((candidate) => candidate.name !== type && isSold(catalog, candidate.name, location) === 'yes')
    .map((candidate) => ({
      candidate,
      otherArchitecture: Number(candidate.architecture !== wanted.architecture),
      outOfStock: Number(candidate.perLocation[location]?.available === false),
      distance: distance(wanted, candidate),
    }))
    .sort(
      (a, b) =>
        a.otherArchitecture - b.otherArchitecture ||
        a.outOfStock - b.outOfStock ||
        a.distance - b.distance ||
        compareText(a.candidate.name, b.candidate.name),
    )
    .slice(0, count)
    .map(({ candidate }) => candidate);
}

/** One for the same size and series, more for what differs. Products of ratios, so that it is the same on every machine. */
function distance(wanted: ServerType, candidate: ServerType): number {
  return (
    ratio(wanted.memory, candidate.memory) *
    ratio(wanted.cores, candidate.cores) *
    (wanted.category === candidate.category ? 1 : 1.1) *
    (wanted.cpuType === candidate.cpuType ? 1 : 1.25)
  );
}

function ratio(wanted: number, candidate: number): number {
  return candidate < wanted ? (1.5 * wanted) / candidate : candidate / wanted;
}
