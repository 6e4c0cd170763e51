import type { Source } from '../types.js';

/** Every page from which a bundled figure was taken. Sorted by key. */
export const sources = {
  'api-description': {
    title: 'Hetzner Cloud API description',
    url: 'https://docs.hetzner.cloud/reference/cloud',
    date: '2026-02-20',
    kind: 'official',
  },
  'api-pricing-2026-05': {
    title:
      'Answer of GET /v1/pricing for fsn1, quoted in a commit; volumes were not part of the later price adjustment',
    url: 'https://github.com/devantler-tech/platform/commit/cb791c6f',
    date: '2026-05-27',
    kind: 'secondary',
  },
  'eu-cloud-prices-2026-08': {
    title: 'eu-cloud-prices, Hetzner, without its 19 % VAT and without the IPv4 address it includes',
    url: 'https://github.com/mixxor/eu-cloud-prices',
    date: '2026-08-17',
    kind: 'secondary',
  },
  'ipv4-pricing': {
    title: 'Hetzner Docs, IPv4 pricing, as quoted on 2026-10-04',
    url: 'https://docs.hetzner.com/general/infrastructure-and-availability/ipv4-pricing/',
    date: '2026-10-04',
    kind: 'secondary',
  },
  'object-storage-docs': {
    title: 'Hetzner Docs, Object Storage overview',
    url: 'https://docs.hetzner.com/storage/object-storage/overview',
    date: '2024-12-06',
    kind: 'official',
  },
  'plan-pages-2026-09': {
    title: 'Plan pages of hetzner.com and the prices they load, as read on 2026-09-03 and 2026-09-04',
    url: 'https://github.com/robhunter/agentdeals/pull/1286',
    date: '2026-09-04',
    kind: 'secondary',
  },
  'prices-2026-09-08': {
    title: 'Net monthly prices of Hetzner Cloud servers in the EU, as reported on 2026-09-08',
    date: '2026-09-08',
    kind: 'secondary',
  },
  'singapore-traffic-2026-04': {
    title: 'Price of traffic in Singapore, reported from the answers of the Hetzner Cloud API',
    date: '2026-04-15',
    kind: 'secondary',
  },
  'traffic-2025-10': {
    title: 'Included traffic of each server type and location',
    url: 'https://github.com/tonoid/hcloud-multiregion-mongodb-replicaset/blob/main/HETZNER_SERVERS.md',
    date: '2025-10-21',
    kind: 'secondary',
  },
} as const satisfies Readonly<Record<string, Source>>;

export type SourceKey = keyof typeof sources;
