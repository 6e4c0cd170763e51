import { locationsByName } from './data/locations.js';
import type { LocationName, Source } from './types.js';

/** How long a packet takes there and back between two locations. */
export interface RoundTrip {
  /** Milliseconds. */
  readonly value: number;
  readonly source: Source;
  /** Worked out from the distance, not measured. */
  readonly estimated: boolean;
}

const measurement: Source = {
  title: 'Round trips that operators measured between their own servers and published',
  date: '2026-04-27',
  kind: 'secondary',
};

const estimate: Source = {
  title: 'Distance on the globe at the speed of light in fibre, half as long again for the way cables take',
  date: '2026-10-04',
  kind: 'secondary',
};

const measured: readonly { readonly between: readonly [LocationName, LocationName]; readonly value: number }[] = [
  { between: ['fsn1', 'hel1'], value: 25 },
  { between: ['fsn1', 'nbg1'], value: 3.4 },
  { between: ['hel1', 'nbg1'], value: 24.4 },
];

const earthRadiusKm = 6371;
const fibreKmPerMs = 200;
const detour = 1.5;

/**
 * The round trip between two locations, the same in both directions. Measured where operators published it (the European
 * ones), else estimated to within some 20 %; never under 1 ms when estimated.
 */
export function roundTripMilliseconds(a: LocationName, b: LocationName): RoundTrip {
  const known = measured.find(({ between: [one, other] }) => (one === a && other === b) || (one === b && other === a));
  if (known !== undefined) return { value: known.value, source: measurement, estimated: false };
  const value = Math.max(1, Math.round((2 * distanceKm(a, b) * detour) / fibreKmPerMs));
  return { value, source: estimate, estimated: true };
}

function distanceKm(a: LocationName, b: LocationName): number {
  const from = locationsByName[a];
  const to = locationsByName[b];
  const half = (degrees: number) => Math.sin((degrees * Math.PI) / 360) ** 2;
  const cosine = (degrees: number) => Math.cos((degrees * Math.PI) / 180);
  const haversine =
    half(to.latitude - from.latitude) +
    cosine(from.latitude) * cosine(to.latitude) * half(to.longitude - from.longitude);
  return 2 * earthRadiusKm * Math.asin(Math.min(1, Math.sqrt(haversine)));
}
