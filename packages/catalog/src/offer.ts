import { unknownFigure } from './figure.js';
import type { Catalog, Figure, Image, Location, LocationName, ServerType } from './types.js';

/** The location of that name, or undefined. */
export function findLocation(catalog: Catalog, name: string): Location | undefined {
  return catalog.locations.find((location) => location.name === name);
}

/** The server type of that name, or undefined. */
export function findServerType(catalog: Catalog, name: string): ServerType | undefined {
  return catalog.serverTypes.find((type) => type.name === name);
}

/** The image of that name, or undefined. */
export function findImage(catalog: Catalog, name: string): Image | undefined {
  return catalog.images.find((image) => image.name === name);
}

/**
 * `yes`: it can be ordered, stock permitting. `deprecated`: it still can, and the last day is announced. `no`: not there, or
 * not any more. `unknown`: the catalogue has no such type.
 */
export type Sale = 'yes' | 'no' | 'deprecated' | 'unknown';

/**
 * Whether a new server of that type is sold in that location at the date of the catalogue. A type that is out of stock is
 * sold: stock comes and goes within hours, a catalogue is read for months.
 */
export function isSold(catalog: Catalog, type: string, location: LocationName): Sale {
  const found = findServerType(catalog, type);
  if (found === undefined) return 'unknown';
  const offer = found.perLocation[location];
  if (offer === undefined) return 'no';
  if (offer.deprecation === undefined) return 'yes';
  return offer.deprecation.unavailableAfter < catalog.date ? 'no' : 'deprecated';
}

/** Net EUR a month of one server of that type there, without its primary IPv4; unknown as well if it is not sold there. */
export function monthlyPrice(catalog: Catalog, type: string, location: LocationName): Figure {
  return findServerType(catalog, type)?.perLocation[location]?.monthly ?? unknownFigure;
}
