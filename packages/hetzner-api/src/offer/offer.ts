import type { Catalog, Figure, Location, ServerType, ServerTypeAtLocation } from '@groundplan/catalog';
import type { DeprecationShape, ImageShape, IsoShape, LocationShape, PriceShape, ServerTypeShape } from '../shapes.js';
import { formatTime } from '../time.js';
import { systemImages } from './images.js';
import { exampleIsos } from './isos.js';

/** What Hetzner offers, in the form in which its API lists it. */
export interface Offer {
  readonly catalog: Catalog;
  readonly locations: readonly LocationShape[];
  readonly serverTypes: readonly ServerTypeShape[];
  readonly images: readonly ImageShape[];
  readonly isos: readonly IsoShape[];
}

/** Ids of locations at Hetzner; a location that is not known here gets the next free number. */
const locationIds: Readonly<Record<string, number>> = { fsn1: 1, nbg1: 2, hel1: 3, ash: 4, hil: 5, sin: 6 };

/** VAT of Germany in per cent, which the API uses for gross prices of private customers there. */
const vatPercent = 19;

/**
 * Turns the catalogue into the lists of the API. Ids of server types are positions in the catalogue, so they are stable
 * for one catalogue only, which is all a client may expect: it looks them up.
 */
export function makeOffer(catalog: Catalog): Offer {
  const locations = catalog.locations.map(renderLocation).sort((a, b) => a.id - b.id);
  return {
    catalog,
    locations,
    serverTypes: catalog.serverTypes.map((type, index) => renderServerType(catalog, locations, type, index + 1)),
    images: systemImages(catalog),
    isos: exampleIsos,
  };
}

function renderLocation(location: Location, index: number): LocationShape {
  return {
    id: locationIds[location.name] ?? 100 + index,
    name: location.name,
    description: location.networkZone === 'eu-central' ? `${location.city} DC Park 1` : location.city,
    country: location.country,
    city: location.city,
    latitude: location.latitude,
    longitude: location.longitude,
    network_zone: location.networkZone,
  };
}

function renderServerType(
  catalog: Catalog,
  locations: readonly LocationShape[],
  type: ServerType,
  id: number,
): ServerTypeShape {
  const sold = locations.flatMap((location) => {
    const offer = type.perLocation[location.name as keyof ServerType['perLocation']];
    return offer === undefined ? [] : [{ location, offer }];
  });
  return {
    id,
    name: type.name,
    description: type.description,
    category: type.category,
    cores: type.cores,
    memory: type.memory,
    disk: type.disk,
    storage_type: 'local',
    cpu_type: type.cpuType,
    architecture: type.architecture,
    prices: sold.flatMap(({ location, offer }) => renderPrices(catalog, location, offer)),
    // Deprecation is per location since 2025-09-24; these two are kept by the API for old clients.
    deprecated: false,
    deprecation: null,
    locations: sold.map(({ location, offer }) => ({
      id: location.id,
      name: location.name,
      // What is not known to be out of stock is not refused.
      available: offer.available !== false,
      recommended: offer.recommended,
      deprecation: renderDeprecation(offer),
    })),
  };
}

function renderDeprecation(offer: ServerTypeAtLocation): DeprecationShape | null {
  const { deprecation } = offer;
  if (deprecation === undefined) return null;
  return {
    announced: formatTime(Date.parse(deprecation.announced)),
    unavailable_after: formatTime(Date.parse(deprecation.unavailableAfter)),
  };
}

/** Hours after which Hetzner's hourly prices reach the monthly one (0.0088 € × 624 ≈ 5.49 €). */
const hoursOfMonthlyPrice = 624;

/**
 * The price in one location. An unknown monthly price gives no entry, since no number would be true. An hourly price
 * that alone is unknown is the monthly one divided by 624, as Hetzner's are; unknown traffic is 0.
 */
function renderPrices(catalog: Catalog, location: LocationShape, offer: ServerTypeAtLocation) {
  const { monthly, hourly } = offer;
  if (!monthly.known) return [];
  const traffic = catalog.prices.trafficPerTb[location.name as keyof Catalog['prices']['trafficPerTb']];
  return [
    {
      location: location.name,
      price_hourly: renderPrice(hourly.known ? hourly.value : monthly.value / hoursOfMonthlyPrice),
      price_monthly: renderPrice(monthly.value),
      included_traffic: offer.includedTrafficBytes.known ? offer.includedTrafficBytes.value : 0,
      price_per_tb_traffic: renderFigure(traffic),
    },
  ];
}

/** Net and gross as decimal texts with ten digits, as the API writes them. */
export function renderPrice(net: number): PriceShape {
  return { net: net.toFixed(10), gross: (net * (1 + vatPercent / 100)).toFixed(10) };
}

/** A figure where the shape demands a number: an unknown one is 0, which only means that nobody knows it. */
export function renderFigure(figure: Figure | undefined): PriceShape {
  return renderPrice(figure?.known === true ? figure.value : 0);
}

export const vatRate: string = vatPercent.toFixed(6);

/** A location by its name. */
export function locationNamed(offer: Offer, name: string): LocationShape {
  const location = offer.locations.find((candidate) => candidate.name === name);
  if (location === undefined) throw new Error(`location ${name} is not in the catalogue`);
  return location;
}

/** A server type by its name. */
export function serverTypeNamed(offer: Offer, name: string): ServerTypeShape {
  const type = offer.serverTypes.find((candidate) => candidate.name === name);
  if (type === undefined) throw new Error(`server type ${name} is not in the catalogue`);
  return type;
}
