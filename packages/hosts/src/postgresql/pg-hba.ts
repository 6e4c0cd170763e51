import type { Model } from '@groundplan/model';
import { databasesOf, hostsOf } from '../entities.js';
import { blockOfHosts } from '../firewall.js';
import { sqlName } from '../sql-name.js';
import type { Members } from './members.js';

/** Users of the cluster's own; `sqlName` keeps apps' users clear of them. */
export const replicationUser = 'groundplan_replication';
export const rewindUser = 'groundplan_rewind';
export const superuser = 'postgres';

/**
 * Who may connect, as lines of pg_hba.conf: the host's own administrator without a password, the apps that refer to the database
 * with one, other members with theirs and a certificate, all over TLS, and nobody else.
 */
export function pgHba(model: Model, { cluster }: Members): string[] {
  const name = sqlName(cluster.database);
  const apps = appBlocks(model, cluster).map((block) => `hostssl "${name}" "${name}" ${block} scram-sha-256`);
  // The first is for a former primary that finds out over its own address what it has.
  const members = ['127.0.0.1/32', ...blockOfHosts(cluster.members)].flatMap((block) => [
    `hostssl replication ${replicationUser} ${block} scram-sha-256 clientcert=verify-ca`,
    `hostssl postgres ${rewindUser} ${block} scram-sha-256 clientcert=verify-ca`,
  ]);
  return [`local all ${superuser} peer`, ...members, ...apps, 'host all all all reject'];
}

/** Where apps that refer to the database are, in the regions of the cluster. */
export function appBlocks(model: Model, { database, regions }: Members['cluster']): string[] {
  const apps = model.apps.filter((app) => databasesOf(model, app).includes(database));
  return blockOfHosts(apps.flatMap((app) => regions.flatMap((region) => hostsOf(model, app, region))));
}
