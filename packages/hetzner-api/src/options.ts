import type { Catalog } from '@groundplan/catalog';
import type { HostDriver } from './driver.js';

/** What a project may have, beyond the limits that are the same for everyone. */
export interface Quotas {
  readonly servers: number;
  /** Of all servers together. */
  readonly cores: number;
  readonly primaryIps: number;
  readonly floatingIps: number;
  readonly networks: number;
  readonly volumes: number;
  /** Of all volumes together, GB. */
  readonly volumeSize: number;
  readonly firewalls: number;
  readonly placementGroups: number;
  readonly sshKeys: number;
  readonly snapshots: number;
  readonly certificates: number;
  readonly zones: number;
  /** Size of the bucket of requests; it refills to this within an hour. */
  readonly requestsPerHour: number;
}

/**
 * Generous where Hetzner raises a quota on request; firewalls (50), placement groups (50) and requests (3,600 an hour)
 * are Hetzner's own figures.
 */
export const defaultQuotas: Quotas = {
  servers: 2_000,
  cores: 20_000,
  primaryIps: 4_000,
  floatingIps: 500,
  networks: 100,
  volumes: 2_000,
  volumeSize: 1_000_000,
  firewalls: 50,
  placementGroups: 50,
  sshKeys: 200,
  snapshots: 500,
  certificates: 100,
  zones: 500,
  requestsPerHour: 3_600,
};

export type Permission = 'read-write' | 'read';

export interface ApiOptions {
  /** Port on loopback; 0, the default, takes any free one. */
  readonly port?: number;
  /** The API listens on loopback only. */
  readonly host?: '127.0.0.1';
  /** A JSON file that holds the state between runs; in memory only if absent. */
  readonly stateFile?: string;
  /** Tokens of 64 characters. By default any of that length is good and names a project of its own. */
  readonly tokens?: Readonly<Record<string, { readonly project: string; readonly permission: Permission }>>;
  /** How long an action takes; 0 ends it within the request that starts it. 20 by default. */
  readonly actionMilliseconds?: number;
  /** Milliseconds since 1970; `Date.now` by default. */
  readonly clock?: () => number;
  readonly quotas?: Partial<Quotas>;
  /** Where servers become hosts; by default nowhere. */
  readonly driver?: HostDriver;
  /** What is sold where; the bundled catalogue by default. */
  readonly catalog?: Catalog;
  /** Zones that every project has from its beginning, as a customer has a zone before Groundplan comes. */
  readonly zones?: readonly string[];
}
