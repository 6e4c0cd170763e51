import { type Cluster, clustersOf, type Host, type Model, sha256Hex } from '@groundplan/model';
import { etcdPorts } from '../ports.js';

/** A PostgreSQL cluster with the names by which its daemons know it: all from first names, so that renaming touches nothing. */
export interface Members {
  readonly cluster: Cluster;
  /** `fsn1.main`; no two clusters of a topology share it, since no first name has a dot. */
  readonly name: string;
  /** The members of its etcd: the database servers and the extra voter. */
  readonly etcd: readonly EtcdMember[];
}

export interface EtcdMember {
  readonly host: Host;
  /** The host's key. */
  readonly name: string;
  readonly clientPort: number;
  readonly peerPort: number;
}

/** Where a host is in one cluster only. */
const usualPorts = { clientPort: etcdPorts.client, peerPort: etcdPorts.peer };

/**
 * Pairs of ports from 2400 on for the voters of clusters, of which one host may have several. Below 3300, where other databases
 * begin, and below 10240, where a balancer's outgoing connections do.
 */
const firstPort = 2400;
const pairs = 450;

export function membersOf(model: Model, cluster: Cluster): Members {
  const { members, voter } = cluster;
  const servers = members.map((host) => ({ host, name: host.key, ...usualPorts }));
  const extra = voter === undefined ? [] : [{ host: voter, name: voter.key, ...voterPorts(model, cluster, voter) }];
  return { cluster, name: nameOf(cluster), etcd: [...servers, ...extra] };
}

export function clientUrl({ host, clientPort }: EtcdMember): string {
  return `https://${host.address}:${clientPort}`;
}

export function peerUrl({ host, peerPort }: EtcdMember): string {
  return `https://${host.address}:${peerPort}`;
}

function nameOf({ database, regions }: Cluster): string {
  return [...regions, database].map(({ firstName }) => firstName).join('.');
}

/** By the cluster's name, so that another cluster moves nothing; the next free pair when two names meet (1 in 450). */
function voterPorts(model: Model, cluster: Cluster, voter: Host): Pick<EtcdMember, 'clientPort' | 'peerPort'> {
  const clusters = model.databases
    .filter(({ engine }) => engine.value === 'postgresql')
    .flatMap((database) => clustersOf(model, database))
    .filter((each) => each.voter === voter);
  const taken = new Set<number>();
  for (const name of clusters.map(nameOf).sort()) {
    let pair = Number.parseInt(sha256Hex(name).slice(0, 8), 16) % pairs;
    while (taken.has(pair)) pair = (pair + 1) % pairs;
    taken.add(pair);
    if (name === nameOf(cluster)) return { clientPort: firstPort + 2 * pair, peerPort: firstPort + 2 * pair + 1 };
  }
  return usualPorts;
}
