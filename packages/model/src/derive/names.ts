import type { EntityKind, Tier } from '../model.js';

/** How each tier is spelled in host names and addresses. */
export const tierOf: Readonly<Record<Exclude<EntityKind, 'bucket' | 'external'>, Tier>> = {
  load_balancer: 'lb',
  app: 'app',
  database: 'db',
  storage: 'sto',
};

/** `<name>-<region>-<tier>-<entity>-<ordinal>`: with the lengths that names may have, at most 63 characters. */
export function hostName(topology: string, region: string, tier: Tier, entity: string, ordinal: number): string {
  return `${topology}-${region}-${tier}-${entity}-${ordinal}`;
}

/** The host's part of Terraform addresses; names hold no `_`, so that two hosts never share one. */
export function hostKey(region: string, tier: Tier, entity: string, ordinal: number): string {
  return `${region}_${tier}_${entity}_${ordinal}`;
}

export const arbiterKey = 'arbiter';

export function arbiterName(topology: string): string {
  return `${topology}-arbiter`;
}
