import type { LocationName } from '@groundplan/catalog';
import type { Span } from '@groundplan/diagnostics';
import { type Entry, entryOf, type Mapping, type Node } from '@groundplan/syntax';
import type { Arbiter, Region } from '../model.js';
import { parseRange } from '../values/ipv4.js';
import type { Declarations } from './names.js';
import { shortRegion } from './names.js';
import type { Reading } from './reading.js';
import { locationIn, optional, type Scope, scopeOf, text, withDefault, withFallback } from './scope.js';
import { serverType } from './server-type.js';

/** The range of a location's first region: 10.10.0.0/16 in fsn1, 10.20.0.0/16 in nbg1, and so on. */
export const rangeByLocation: Readonly<Record<LocationName, string>> = {
  fsn1: '10.10.0.0/16',
  nbg1: '10.20.0.0/16',
  hel1: '10.30.0.0/16',
  ash: '10.40.0.0/16',
  hil: '10.50.0.0/16',
  sin: '10.60.0.0/16',
};

const fallbackLocation: LocationName = 'fsn1';

/** The regions in the order they are written. */
export function readRegions(reading: Reading, root: Mapping | undefined): Region[] {
  const section = entryOf(root, 'regions');
  if (section?.value.kind === 'mapping') return section.value.entries.map((entry) => namedRegion(reading, entry));
  const short = shortRegion(root);
  const entry = entryOf(root, 'region');
  if (entry === undefined) return [];
  const name = short?.name ?? fallbackLocation;
  return [region(scopeOf(reading, entry, 'region', `region.${name}`), entry, name, entry.keySpan)];
}

function namedRegion(reading: Reading, entry: Entry): Region {
  return region(scopeOf(reading, entry, 'regions.*', `region.${entry.key}`), entry, entry.key, entry.keySpan);
}

function region(scope: Scope, entry: Entry, name: string, keySpan: Span): Region {
  const known = locationIn(scope.reading.catalog);
  const written = known(entry.value);
  const location =
    entry.value.kind === 'mapping'
      ? withFallback(scope, 'location', known, fallbackLocation, 'no location is written')
      : written === undefined
        ? { value: fallbackLocation, origin: { kind: 'invalid' as const, span: entry.value.span } }
        : { value: written, origin: { kind: 'written' as const, span: entry.value.span } };
  const renamedFrom = optional(scope, 'renamed_from', text);
  return {
    name,
    firstName: renamedFrom?.value ?? name,
    keySpan,
    span: entry.span,
    location,
    cidr: withFallback(scope, 'cidr', rangeText, rangeByLocation[location.value], `by location ${location.value}`),
  };
}

export function readArbiter(reading: Reading, root: Mapping | undefined): Arbiter | undefined {
  const entry = entryOf(root, 'arbiter');
  if (entry === undefined) return undefined;
  const scope = scopeOf(reading, entry, 'arbiter', 'arbiter');
  const location = withFallback(
    scope,
    'location',
    locationIn(reading.catalog),
    fallbackLocation,
    'no location is written',
  );
  return {
    keySpan: entry.keySpan,
    span: entry.span,
    location,
    cidr: withDefault(scope, 'cidr', rangeText),
    type: serverType(scope, 'arbiter', location.value),
  };
}

function rangeText(node: Node): string | undefined {
  const written = text(node);
  return written !== undefined && parseRange(written) ? written : undefined;
}

/** What `regions.<region>.<section>.<name>` overrides, and a reference from each such name to its entity. */
export function overrides(
  root: Mapping | undefined,
  reading: Reading,
  regionName: string,
  section: string,
  name: string,
): Scope | undefined {
  const regionEntry = entryOf(entryOf(root, 'regions')?.value, regionName);
  const entry = entryOf(entryOf(regionEntry?.value, section)?.value, name);
  return entry && scopeOf(reading, entry, `regions.*.${section}.*`, `region.${regionName}`);
}

/** The sections that a region may override, with the kind whose names stand there. */
export const overridden = [
  ['load_balancers', 'load_balancer'],
  ['apps', 'app'],
  ['databases', 'database'],
] as const satisfies readonly (readonly [string, Parameters<Declarations['find']>[0]])[];
