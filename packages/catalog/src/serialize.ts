import { compareText, sortedByName } from './order.js';
import type { Catalog } from './types.js';

/** The catalogue as JSON for a file: indented, keys and lists sorted, a newline at the end; the same bytes for equal catalogues. */
export function serializeCatalog(catalog: Catalog): string {
  const sorted: Catalog = {
    ...catalog,
    locations: sortedByName(catalog.locations),
    serverTypes: sortedByName(catalog.serverTypes),
    images: sortedByName(catalog.images),
  };
  return `${JSON.stringify(sorted, sortKeys, 2)}\n`;
}

function sortKeys(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => compareText(a, b)));
}
