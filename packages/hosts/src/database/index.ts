import { type Cluster, clustersOf, type Host, type Model } from '@groundplan/model';
import type { Role } from '../bundle/role.js';
import { galeraHost, galeraVoter } from '../galera/index.js';
import { postgresqlHost, postgresqlVoter } from '../postgresql/index.js';

/** What a database server does in the cluster of which it is a member. */
export function databaseHost(model: Model, host: Host): Role | undefined {
  const cluster = clusters(model).find(({ members }) => members.includes(host));
  if (cluster === undefined) return undefined;
  return isPostgresql(cluster) ? postgresqlHost(model, cluster, host) : galeraHost(model, cluster, host);
}

/** What a balancer or the arbiter does beside its own work, for each cluster in which it is the extra voter. */
export function voters(model: Model, host: Host): Role[] {
  return clusters(model)
    .filter(({ voter }) => voter === host)
    .flatMap((cluster) => {
      const role = isPostgresql(cluster) ? postgresqlVoter(model, cluster, host) : galeraVoter(model, cluster, host);
      return role === undefined ? [] : [role];
    });
}

function clusters(model: Model): Cluster[] {
  return model.databases.flatMap((database) => clustersOf(model, database));
}

function isPostgresql({ database }: Cluster): boolean {
  return database.engine.value === 'postgresql';
}
