import { bundledCatalog, findServerType } from '@groundplan/catalog';
import type { Host } from '@groundplan/model';

/** GiB: of a type that the catalogue does not know, little enough to start anywhere. */
const assumedMemory = 4;

export type Parameters = Readonly<Record<string, string | number>>;

/**
 * What every member must have alike, since a standby replays what the primary does. Kept by Patroni in etcd.
 *
 * @param logical whether changes leave the cluster by logical replication
 */
export function sharedParameters(host: Host, logical: boolean): Parameters {
  const volume = host.volume?.size.value ?? 0;
  // A twentieth of the volume, of 512 MB to 8 GB: what a standby may have missed and still catch up with.
  const log = Math.min(8192, Math.max(512, Math.floor((volume * 1000) / 20)));
  return {
    max_connections: connections(host),
    wal_level: logical ? 'logical' : 'replica',
    wal_log_hints: 'on',
    wal_keep_size: `${log}MB`,
    max_wal_size: `${log}MB`,
    // Of a standby that does not come back no more is kept than this, lest the primary's disk runs full.
    max_slot_wal_keep_size: `${Math.max(1024, Math.floor((volume * 1000) / 5))}MB`,
    max_wal_senders: 10,
    max_replication_slots: 10,
    max_worker_processes: 16,
  };
}

/** What depends on the server: on its memory, and on the network disk that its volume is. */
export function ownParameters(host: Host): Parameters {
  const megabytes = memoryOf(host) * 1024;
  const connectionsOfHost = connections(host);
  return {
    shared_buffers: `${Math.floor(megabytes / 4)}MB`,
    effective_cache_size: `${Math.floor((megabytes * 3) / 4)}MB`,
    work_mem: `${Math.max(4, Math.floor(megabytes / 4 / connectionsOfHost))}MB`,
    maintenance_work_mem: `${Math.min(2048, Math.floor(megabytes / 16))}MB`,
    random_page_cost: 1.1,
    effective_io_concurrency: 200,
  };
}

/** 25 for each GiB, and 100 to 500: each may take some megabytes for itself. */
function connections(host: Host): number {
  return Math.min(500, Math.max(100, 25 * memoryOf(host)));
}

function memoryOf({ type }: Host): number {
  return findServerType(bundledCatalog, type.value)?.memory ?? assumedMemory;
}
