import { type Cluster, type Host, type Model, type Region, sha256Hex } from '@groundplan/model';
import { galeraPorts } from '../ports.js';

export interface Listening {
  readonly listenPort: number;
  /** Where the key and the certificate are for whoever runs the provider, and the certificates of the authority. */
  readonly pairPath: string;
  readonly authorityPath: string;
}

type Options = readonly (readonly [name: string, value: string | number])[];

/** All members and the voter have it. From the first name, so that a rename changes nothing. */
export function clusterName({ database }: Cluster): string {
  return database.firstName;
}

/** Settings of Galera itself, for a server or for garbd, by name; galeracluster.com, "Galera Parameters". */
export function providerOptions(_model: Model, cluster: Cluster, host: Host, listening: Listening): Options {
  const { address } = host;
  return [
    ['gmcast.listen_addr', `ssl://${address}:${listening.listenPort}`],
    ['gmcast.segment', segmentOf(cluster, host)],
    ...timing(cluster),
    ['pc.recovery', 'yes'],
    ['socket.ssl', 'yes'],
    ['socket.ssl_key', listening.pairPath],
    ['socket.ssl_cert', listening.pairPath],
    ['socket.ssl_ca', listening.authorityPath],
    ...(cluster.members.includes(host) ? ofServers(host) : []),
  ];
}

/** As the provider reads them. */
export function written(options: Options): string {
  return options.map(([name, value]) => `${name}=${value}`).join(';');
}

function ofServers({ address, volume }: Host): Options {
  return [
    ['ist.recv_addr', `${address}:${galeraPorts.changes}`],
    ['gcache.size', `${gcacheMegabytes(volume?.size.value ?? 0)}M`],
    ['gcache.recover', 'yes'],
  ];
}

/**
 * How many changes a server keeps for members that come back and need no copy of everything then: two hundredths of the volume, in
 * bounds. The file is as large from the beginning.
 */
function gcacheMegabytes(volumeGigabytes: number): number {
  return Math.min(Math.max(Math.round(volumeGigabytes * 20), 256), 8192);
}

/**
 * A server is given up after these times, and writes stand still until then: between regions as measured in the design (a cut is over
 * within 12 s), within one region Galera's own.
 */
function timing({ regions }: Cluster): Options {
  const [suspect, inactive] = regions.length > 1 ? [10, 20] : [5, 15];
  return [
    ['evs.keepalive_period', 'PT1S'],
    ['evs.suspect_timeout', `PT${suspect}S`],
    ['evs.inactive_timeout', `PT${inactive}S`],
    ['evs.install_timeout', `PT${inactive}S`],
  ];
}

/** Of the arbiter, which is in no region. */
const segmentOfArbiter = 255;

/** Changes cross to another segment once. */
function segmentOf({ regions }: Cluster, { region }: Host): number {
  return region === undefined ? segmentOfArbiter : numberOf(region, regions, segmentOfArbiter);
}

/**
 * A number below `most` that no other of these regions has. It comes from the name, so that another region moves none, unless two names have the
 * same one: then the later by name takes the next.
 */
export function numberOf(region: Region, regions: readonly Region[], most: number): number {
  const taken: number[] = [];
  for (const each of [...regions].sort((a, b) => (a.firstName < b.firstName ? -1 : 1))) {
    let number = Number.parseInt(sha256Hex(each.firstName).slice(0, 4), 16) % most;
    while (taken.includes(number) && taken.length < most) number = (number + 1) % most;
    if (each === region) return number;
    taken.push(number);
  }
  return most;
}
