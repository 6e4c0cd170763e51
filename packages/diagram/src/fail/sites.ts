import type { Host, Model, Region } from '@groundplan/model';
import { type NodeId, tunnelId } from '../node-id.js';

/** What is joined by the tunnel. */
export type Site = Region | 'arbiter';

/** The tunnel between two sites. */
export interface Link {
  readonly id: NodeId;
  readonly ends: readonly [Site, Site];
}

export interface Sites {
  readonly arbiter: Host | undefined;
  /** The regions with data, and the arbiter; none where nothing crosses regions. */
  readonly sites: readonly Site[];
  /** Every two of them. */
  readonly links: readonly Link[];
}

export function sitesOf({ tunnel, regions, hosts }: Model): Sites {
  const arbiter = hosts.find(({ tier }) => tier === 'arbiter');
  if (tunnel === undefined) return { arbiter, sites: [], links: [] };
  const stateful = new Set(hosts.filter(isStateful).map(({ region }) => region));
  const sites: Site[] = regions.filter((region) => stateful.has(region));
  if (arbiter !== undefined) sites.push('arbiter');
  const links = sites.flatMap((one, index) =>
    sites.slice(index + 1).map((other): Link => ({ id: tunnelId(one, other), ends: [one, other] })),
  );
  return { arbiter, sites, links };
}

/** Whether hosts hold data, and so are members of the tunnel. */
export function isStateful({ tier }: Pick<Host, 'tier'>): boolean {
  return tier === 'db' || tier === 'sto';
}
