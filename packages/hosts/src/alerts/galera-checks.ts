import { clustersOf, type Host, type Model } from '@groundplan/model';
import type { BundlePart } from '../bundle/bundle.js';
import { watchCheck } from './check.js';
import { galeraCheck } from './galera-check.js';

/** Whether the Galera cluster is whole of which a host is a member. */
export function galeraChecks(model: Model, host: Host): BundlePart {
  const files = model.databases
    .filter(({ engine }) => engine.value === 'mariadb')
    .flatMap((database) => clustersOf(model, database).filter(({ members }) => members.includes(host)))
    .map((cluster) => watchCheck('galera', cluster.database.keySpan, galeraCheck(cluster, host)));
  return files.length === 0 ? {} : { packages: ['python3'], files };
}
