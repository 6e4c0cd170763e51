import type { Database, External, Host, LoadBalancer, SharedStorage } from '@groundplan/model';

const engines = { postgresql: 'PostgreSQL', mariadb: 'MariaDB', glusterfs: 'GlusterFS' } as const;

export function engineName(engine: keyof typeof engines): string {
  return engines[engine];
}

const providers = { cloudflare: 'Cloudflare', hetzner: 'Hetzner DNS', none: 'by hand' } as const;

export function dnsProviderName(provider: keyof typeof providers): string {
  return providers[provider];
}

const replications = { galera: 'Galera', pglogical: 'pglogical', logical: 'logical', none: 'none' } as const;

export function replicationName(way: keyof typeof replications): string {
  return replications[way];
}

export function modeRemark({ mode, bgp }: LoadBalancer): string {
  switch (mode.value) {
    case 'active-active':
      return 'all active';
    case 'active-standby':
      return 'active and standby';
    case 'bgp':
      return bgp === undefined ? 'announced by BGP' : `BGP ${bgp.address.value}`;
  }
}

/** What a server is at the start, or for good: databases change places when one fails. */
export function roleOf(host: Host): string | undefined {
  const { entity, ordinal } = host;
  switch (entity?.kind) {
    case 'load_balancer':
      return entity.mode.value === 'active-standby' && ordinal > 1 ? 'standby' : 'active';
    case 'database':
      return ordinal === 1 ? 'primary' : 'standby';
    case 'storage':
      return ordinal <= entity.replicas.data.value ? 'data' : 'tie-breaker';
    default:
      return undefined;
  }
}

export function databaseRemark(database: Database, hosts: number): string {
  return hosts > 1 ? `${database.durability.value} to ${hosts - 1 === 1 ? 'its standby' : 'standbys'}` : 'no standby';
}

export function storageRemark({ replicas }: SharedStorage): string {
  return `${replicas.data.value} copies`;
}

export function externalPlace({ type, host }: External): string {
  return `${type.value === 'sftp' ? 'SFTP' : 'S3'} · ${host.value}`;
}
