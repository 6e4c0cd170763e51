/** On an app's host: its HAProxy answers balancers' checks there, on the private address (language.md, "Ports"). */
export const healthPort = 7080;

/** Where DNS checkers tell each other what they see. */
export const checkerPort = 7053;

/** Patroni's REST API, which says who is the primary. */
export const patroniPort = 8008;

/** On a Galera node: answers 200 while the node is ready, primary and synced. */
export const galeraCheckPort = 9200;

/** Between the members of a Galera cluster: the cluster itself, changes that a member has missed, and copies of everything. */
export const galeraPorts = { cluster: 4567, changes: 4568, copy: 4444 } as const;

/** Where members of a Galera cluster tell each other, over TLS, what they have before they start. */
export const galeraMemberPort = 9201;

/** The first of the ports of garbd, one for each database whose voter a host may be; below those that a balancer takes for connections. */
export const firstGarbdPort = 4600;
