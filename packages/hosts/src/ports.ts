export { etcdPorts, galeraCheckPort, galeraMemberPort, galeraPorts, patroniPort } from '@groundplan/model';

/** On an app's host: its HAProxy answers balancers' checks there, on the private address (language.md, "Ports"). */
export const healthPort = 7080;

/** Where DNS checkers tell each other what they see. */
export const checkerPort = 7053;

/** The first of the ports of garbd, one for each database whose voter a host may be; below those that a balancer takes for connections. */
export const firstGarbdPort = 4600;
