import type { Cluster } from '@groundplan/model';
import { operatorProgram } from '../galera/paths.js';
import { patroniConfig, socketFolder } from '../postgresql/paths.js';

/** `database.main`; with its region where there is a cluster in each of several. */
export function clusterName({ database, regions }: Cluster): string {
  const isOnly = regions.length === database.inRegions.length;
  const where = isOnly ? '' : ` in ${regions.map(({ name }) => name).join(', ')}`;
  return `database.${database.name}${where}`;
}

/** A command as another user than root, with root's environment. `sudo` is not on every host. */
export function asUser(user: string, command: string): string {
  return `runuser -u ${user} -- ${command}`;
}

/** `patronictl` with the configuration of its host. */
export const patronictl = `patronictl -c ${patroniConfig}`;

/** `psql` as the superuser on the host's own server. */
export function psql({ database }: Cluster, rest: string): string {
  return asUser('postgres', `psql -h ${socketFolder} -p ${database.port.value} ${rest}`);
}

/** A program that root finds by its name. */
export function named(path: string): string {
  return path.replace(/^.*\//, '');
}

/** What tells how the members of a Galera cluster stand. */
export const galera = named(operatorProgram);
