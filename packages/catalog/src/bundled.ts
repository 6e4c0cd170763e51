import { images } from './data/images.js';
import { limits } from './data/limits.js';
import { locations } from './data/locations.js';
import { prices } from './data/prices.js';
import { serverTypes } from './data/server-types.js';
import { sources } from './data/sources.js';
import type { Catalog } from './types.js';

/** The catalogue that comes with Groundplan, used where the project has none of its own. */
export const bundledCatalog: Catalog = {
  format: 1,
  date: '2026-10-04',
  currency: 'EUR',
  sources,
  locations,
  serverTypes,
  images,
  prices,
  limits,
};
