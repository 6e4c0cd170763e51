import { locationsByName } from '../data/locations.js';
import { knownFigure, unknownFigure } from '../figure.js';
import { figuresOf } from '../figures-of.js';
import { findLocation, findServerType } from '../offer.js';
import { compareText, sortedByName } from '../order.js';
import type {
  Architecture,
  Catalog,
  Figure,
  FigurePerLocation,
  Image,
  Location,
  LocationName,
  NetworkZone,
  Prices,
  ServerType,
  ServerTypeAtLocation,
  Source,
} from '../types.js';
import {
  type ApiImage,
  type ApiItems,
  type ApiLocation,
  type ApiPricing,
  type ApiServerType,
  apiImage,
  apiLocation,
  apiPricing,
  apiServerType,
  readItems,
} from './api-answers.js';
import type { Parsed } from './parse-catalog.js';
import { isDate } from './reader.js';

/** The bodies of the API's answers as parsed JSON. The pages of a list are joined under its key. */
export interface ApiAnswers {
  /** GET /locations: `{ "locations": […] }`. */
  readonly locations: unknown;
  /** GET /server_types: `{ "server_types": […] }`. */
  readonly serverTypes: unknown;
  /** GET /pricing: `{ "pricing": {…} }`. */
  readonly pricing: unknown;
  /** GET /images?type=system: `{ "images": […] }`. */
  readonly images?: unknown;
}

/** What the API said, and the catalogue that fills in what it did not say. */
interface Update {
  readonly base: Catalog;
  /** Whether its prices are in the catalogue's currency. */
  readonly euros: boolean;
  readonly source: string;
  readonly problems: string[];
}

/**
 * A catalogue of what the user's own token sees. From the answers come locations, server types with stock and deprecations,
 * prices and the architectures of images; limits, object storage and everything else the API does not say stay as in `base`,
 * with their older sources. A type of `base` that the API no longer lists stays without a location, so that it still has
 * nearest types. What this version does not know (a new location, another currency) is left out and told in `problems`,
 * beside a value; there is no value if an answer is not what its path gives. `date` is the ISO date of the answers.
 */
export function catalogFromApi(answers: ApiAnswers, base: Catalog, date: string): Parsed<Catalog> {
  const problems: string[] = [];
  if (!isDate(date)) problems.push(`date: expected a date like 2026-10-04, found "${date}"`);
  const locations = readItems(answers.locations, 'locations', apiLocation, problems);
  const types = readItems(answers.serverTypes, 'server_types', apiServerType, problems);
  const pricing = apiPricing(answers.pricing, '', problems)?.pricing;
  const images = answers.images === undefined ? noItems : readItems(answers.images, 'images', apiImage, problems);
  if (!isDate(date) || !locations || !types || !pricing || !images) return { value: undefined, problems };

  const source = `api-${date}`;
  const update: Update = { base, euros: pricing.currency === base.currency, source, problems };
  if (!update.euros) problems.push(`pricing.currency: prices in ${pricing.currency} are left out, the older ones stay`);
  const value = withUsedSources({
    ...base,
    date,
    sources: { ...base.sources, [source]: apiSource(date) },
    locations: updatedLocations(update, locations.items),
    serverTypes: updatedServerTypes(update, types),
    images: answers.images === undefined ? base.images : updatedImages(update, images.items),
    prices: updatedPrices(update, pricing, types.items),
  });
  return { value, problems };
}

/** Without the sources of figures that were replaced, so that a catalogue updated for years does not grow. */
function withUsedSources(catalog: Catalog): Catalog {
  const used = new Set(figuresOf(catalog).map((one) => (one.known ? one.source : undefined)));
  return { ...catalog, sources: Object.fromEntries(Object.entries(catalog.sources).filter(([key]) => used.has(key))) };
}

const noItems: ApiItems<ApiImage> = { items: [], unreadable: new Set() };

function apiSource(date: string): Source {
  return { title: 'Answers of the Hetzner Cloud API to the token of the project', date, kind: 'user' };
}

const zones: readonly NetworkZone[] = ['ap-southeast', 'eu-central', 'us-east', 'us-west'];

function updatedLocations({ base, problems }: Update, given: readonly ApiLocation[]): readonly Location[] {
  const byName = new Map(base.locations.map((location) => [location.name, location]));
  for (const location of given) {
    const { name, city, country, latitude, longitude } = location;
    const networkZone = zones.find((zone) => zone === location.network_zone);
    if (!isLocationName(name) || networkZone === undefined) {
      problems.push(`locations: "${name}" (${location.network_zone}) is not known to this version and is left out`);
      continue;
    }
    const before = findLocation(base, name);
    const objectStorage = before?.objectStorage ?? false;
    const storageBox = before?.storageBox ?? false;
    byName.set(name, { name, city, country, networkZone, objectStorage, storageBox, latitude, longitude });
  }
  return sortedByName([...byName.values()]);
}

function updatedServerTypes(update: Update, given: ApiItems<ApiServerType>): readonly ServerType[] {
  const byName = new Map<string, ServerType>();
  for (const type of update.base.serverTypes) {
    byName.set(type.name, given.unreadable.has(type.name) ? type : { ...type, perLocation: {} });
  }
  for (const type of given.items) byName.set(type.name, updatedServerType(update, type));
  return sortedByName([...byName.values()]);
}

function updatedServerType(update: Update, given: ApiServerType): ServerType {
  const before = findServerType(update.base, given.name);
  const offers: [LocationName, ServerTypeAtLocation][] = [];
  for (const { name, available, recommended, deprecation } of given.locations) {
    if (!isLocationName(name)) continue;
    const price = given.prices.find((one) => one.location === name);
    const old = before?.perLocation[name];
    offers.push([
      name,
      {
        available: available ?? 'unknown',
        recommended: recommended ?? false,
        ...(deprecation && { deprecation }),
        monthly: money(update, price?.price_monthly.net, old?.monthly),
        hourly: money(update, price?.price_hourly.net, old?.hourly),
        includedTrafficBytes: figure(update, price?.included_traffic, old?.includedTrafficBytes),
      },
    ]);
  }
  return {
    name: given.name,
    description: given.description,
    cores: given.cores,
    memory: given.memory,
    disk: given.disk,
    architecture: given.architecture,
    cpuType: given.cpu_type,
    category: given.category ?? before?.category ?? given.cpu_type,
    perLocation: Object.fromEntries(offers),
  };
}

function updatedImages({ base, problems }: Update, given: readonly ApiImage[]): readonly Image[] {
  return base.images.map((image) => {
    const found = given.filter(({ name, deprecated }) => name === image.name && deprecated === undefined);
    if (found.length === 0) problems.push(`images: ${image.name} is not offered, or only until its end`);
    const architectures = [...new Set<Architecture>(found.map(({ architecture }) => architecture))].sort(compareText);
    return found.length === 0 ? image : { ...image, architectures };
  });
}

function updatedPrices(update: Update, given: ApiPricing, types: readonly ApiServerType[]): Prices {
  const before = update.base.prices;
  const ips = (all: ApiPricing['primary_ips'], type: string, old: FigurePerLocation) => {
    const prices = all.find((one) => one.type === type)?.prices ?? [];
    return everyLocation((name) =>
      money(update, prices.find((one) => one.location === name)?.price_monthly.net, old[name]),
    );
  };
  const typePrices = sortedByName(types).flatMap((type) => type.prices);
  return {
    ...before,
    volumePerGbMonth: money(update, given.volume.price_per_gb_month.net, before.volumePerGbMonth),
    snapshotPerGbMonth: money(update, given.image.price_per_gb_month.net, before.snapshotPerGbMonth),
    primaryIpv4: ips(given.primary_ips, 'ipv4', before.primaryIpv4),
    floatingIpv4: ips(given.floating_ips, 'ipv4', before.floatingIpv4),
    floatingIpv6: ips(given.floating_ips, 'ipv6', before.floatingIpv6),
    trafficPerTb: everyLocation((name) => {
      const one = typePrices.find((price) => price.location === name && price.price_per_tb_traffic !== undefined);
      return money(update, one?.price_per_tb_traffic?.net, before.trafficPerTb[name]);
    }),
    serverBackupPercent: figure(update, given.server_backup.percentage, before.serverBackupPercent),
  };
}

function everyLocation(figureAt: (name: LocationName) => Figure): FigurePerLocation {
  return {
    ash: figureAt('ash'),
    fsn1: figureAt('fsn1'),
    hel1: figureAt('hel1'),
    hil: figureAt('hil'),
    nbg1: figureAt('nbg1'),
    sin: figureAt('sin'),
  };
}

/** A price, as long as it is in the catalogue's currency. */
function money(update: Update, value: number | undefined, before: Figure | undefined): Figure {
  return figure(update, update.euros ? value : undefined, before);
}

/** What the API says; a zero is nothing said about a price, and what is not said stays as it was. */
function figure(update: Update, value: number | undefined, before: Figure | undefined): Figure {
  return value !== undefined && value > 0 ? knownFigure(value, update.source) : (before ?? unknownFigure);
}

function isLocationName(name: string): name is LocationName {
  return Object.hasOwn(locationsByName, name);
}
