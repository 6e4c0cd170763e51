import { figuresOf } from '../figures-of.js';
import { sortedByName } from '../order.js';
import type {
  Catalog,
  Deprecation,
  Figure,
  FigurePerLocation,
  Image,
  Limits,
  Location,
  ObjectStoragePrices,
  Prices,
  ServerType,
  ServerTypeAtLocation,
  Source,
} from '../types.js';
import {
  boolean,
  type Fields,
  isObject,
  isoDate,
  list,
  number,
  oneOf,
  optional,
  positive,
  type Reader,
  record,
  shape,
  text,
} from './reader.js';

const known = shape<Extract<Figure, { known: true }>>({ known: oneOf(true), value: positive, source: text });
const unknown = shape<Extract<Figure, { known: false }>>({ known: oneOf(false) });

const figure: Reader<Figure> = (value, path, problems) =>
  isObject(value) && value.known === false ? unknown(value, path, problems) : known(value, path, problems);

const location = shape<Location>({
  name: oneOf('ash', 'fsn1', 'hel1', 'hil', 'nbg1', 'sin'),
  city: text,
  country: text,
  networkZone: oneOf('ap-southeast', 'eu-central', 'us-east', 'us-west'),
  objectStorage: boolean,
  storageBox: boolean,
  latitude: number,
  longitude: number,
});

/** The same reader under each location. */
function perLocation<F>(field: F) {
  return { ash: field, fsn1: field, hel1: field, hil: field, nbg1: field, sin: field };
}

const atLocation = shape<ServerTypeAtLocation>({
  available: oneOf<boolean | 'unknown'>(true, false, 'unknown'),
  recommended: boolean,
  deprecation: optional(shape<Deprecation>({ announced: isoDate, unavailableAfter: isoDate })),
  monthly: figure,
  hourly: figure,
  includedTrafficBytes: figure,
});

const serverType = shape<ServerType>({
  name: text,
  description: text,
  cores: positive,
  memory: positive,
  disk: positive,
  architecture: oneOf('arm', 'x86'),
  cpuType: oneOf('dedicated', 'shared'),
  category: text,
  perLocation: shape<ServerType['perLocation']>(perLocation(optional(atLocation))),
});

const image = shape<Image>({
  name: oneOf('debian-12', 'debian-13', 'ubuntu-24.04'),
  architectures: list(oneOf('arm', 'x86')),
  postgresql: positive,
  mariadb: text,
  pgbackrest: text,
});

const figurePerLocation = shape<FigurePerLocation>(perLocation(figure));

const prices = shape<Prices>({
  volumePerGbMonth: figure,
  snapshotPerGbMonth: figure,
  primaryIpv4: figurePerLocation,
  floatingIpv4: figurePerLocation,
  floatingIpv6: figurePerLocation,
  trafficPerTb: figurePerLocation,
  serverBackupPercent: figure,
  objectStorage: shape<ObjectStoragePrices>({
    baseMonthly: figure,
    includedStorageTb: figure,
    includedTrafficTb: figure,
    storagePerTbMonth: figure,
    trafficPerTb: figure,
  }),
});

const limits = shape<Limits>({
  serversPerNetwork: positive,
  subnetsPerNetwork: positive,
  routesPerNetwork: positive,
  networksPerServer: positive,
  serversPerSpreadGroup: positive,
  spreadGroups: positive,
  volumeMinGb: positive,
  volumeMaxGb: positive,
  volumesPerServer: positive,
  firewallsPerServer: positive,
  rulesPerFirewall: positive,
  effectiveRulesPerFirewall: positive,
  sourcesPerFirewallRule: positive,
  userDataBytes: positive,
  dnsMinTtl: positive,
});

const source = shape<Source>({
  title: text,
  url: optional(text),
  date: isoDate,
  kind: oneOf('official', 'secondary', 'user'),
});

const catalogFields: Fields<Catalog> = {
  format: oneOf(1),
  date: isoDate,
  currency: oneOf('EUR'),
  sources: record(source),
  locations: list(location),
  serverTypes: list(serverType),
  images: list(image),
  prices,
  limits,
};

const catalog = shape<Catalog>(catalogFields);

/** A value, and what is wrong or was left out. Without a value there is at least one problem. */
export interface Parsed<T> {
  readonly value: T | undefined;
  readonly problems: readonly string[];
}

/**
 * Reads a catalogue from the JSON that `serializeCatalog` writes. Keys that it does not know are ignored; anything else that
 * is wrong is a problem that names its place (`serverTypes[3].cores: expected …`), and then there is no value. Never throws.
 */
export function parseCatalog(json: unknown): Parsed<Catalog> {
  const problems: string[] = [];
  const read = catalog(json, '', problems);
  if (read === undefined) return { value: undefined, problems };
  checkNames('locations', read.locations, problems);
  checkNames('serverTypes', read.serverTypes, problems);
  checkNames('images', read.images, problems);
  checkSources(read, problems);
  if (problems.length > 0) return { value: undefined, problems };
  const value: Catalog = {
    ...read,
    locations: sortedByName(read.locations),
    serverTypes: sortedByName(read.serverTypes),
    images: sortedByName(read.images),
  };
  return { value, problems };
}

function checkNames(path: string, items: readonly { readonly name: string }[], problems: string[]): void {
  const seen = new Set<string>();
  items.forEach(({ name }, index) => {
    if (seen.has(name)) problems.push(`${path}[${index}].name: "${name}" is there twice`);
    seen.add(name);
  });
}

function checkSources(read: Catalog, problems: string[]): void {
  const missing = new Set<string>();
  for (const figure of figuresOf(read)) {
    if (figure.known && !Object.hasOwn(read.sources, figure.source)) missing.add(figure.source);
  }
  for (const key of missing) problems.push(`sources: "${key}" is missing, which a figure names as its source`);
}
