/** On an app's host: its HAProxy answers balancers' checks there, on the private address (language.md, "Ports"). */
export const healthPort = 7080;

/** Patroni's REST API, which says who is the primary. */
export const patroniPort = 8008;

/** On a Galera node: answers 200 while the node is ready, primary and synced. */
export const galeraCheckPort = 9200;
