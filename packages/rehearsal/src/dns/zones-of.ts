import type { ProjectSnapshot } from '@groundplan/hetzner-api';
import type { Zone } from './zone-file.js';

/** The zones of a project of the API that it is the primary server of. */
export function zonesOf({ zones, rrsets }: Pick<ProjectSnapshot, 'zones' | 'rrsets'>): Zone[] {
  return zones
    .filter(({ mode }) => mode === 'primary')
    .map(({ id, name, ttl }) => ({
      name,
      ttl,
      sets: rrsets
        .filter(({ zone }) => zone === id)
        .map((set) => ({ ...set, values: set.records.map(({ value }) => value) })),
    }));
}
