import type { Database } from '../model.js';
import { reservedOnHosts } from './app-host-ports.js';

/** Patroni's REST API, which says who is the primary. */
export const patroniPort = 8008;

/** etcd's own ports, for Patroni and for its other members. */
export const etcdPorts = { client: 2379, peer: 2380 } as const;

/** On a Galera node: answers 200 while the node is ready, primary and synced. */
export const galeraCheckPort = 9200;

/** Between the members of a Galera cluster: the cluster itself, changes that a member has missed, and copies of everything. */
export const galeraPorts = { cluster: 4567, changes: 4568, copy: 4444 } as const;

/** Where members of a Galera cluster tell each other, over TLS, what they have before they start. */
export const galeraMemberPort = 9201;

/** What runs beside the server on each of its hosts. */
const beside: Readonly<Record<Database['engine']['value'], ReadonlyMap<number, string>>> = {
  postgresql: new Map([
    [etcdPorts.client, 'etcd'],
    [etcdPorts.peer, 'etcd'],
    [patroniPort, 'Patroni'],
  ]),
  mariadb: new Map([
    [galeraPorts.copy, 'Galera'],
    [galeraPorts.cluster, 'Galera'],
    [galeraPorts.changes, 'Galera'],
    [galeraCheckPort, "the answers to the balancers' checks"],
    [galeraMemberPort, 'Galera'],
  ]),
};

/** Below this only root may listen, and no database's server is root (`ip_unprivileged_port_start` of ip-sysctl). */
const firstFree = 1024;

/** What keeps a database from having `port`, on its own hosts or on those of apps; undefined when nothing does. */
export function takenForDatabase(engine: Database['engine']['value'], port: number): string | undefined {
  const here = reservedOnHosts(port) ?? beside[engine].get(port);
  return here ?? (port < firstFree ? 'the system, which keeps those below 1024 for root' : undefined);
}
