import { clustersOf, type Host, type Model } from '@groundplan/model';
import type { BundlePart } from '../bundle/bundle.js';
import { mariadbBackups } from './mariadb.js';
import { postgresqlBackups } from './postgresql.js';

export { fileBackups } from './files.js';
export { archiving } from './postgresql.js';

/** Backups of the data that a host holds. */
export function backups(model: Model, host: Host): BundlePart[] {
  const { entity } = host;
  if (entity?.kind !== 'database') return [];
  const cluster = clustersOf(model, entity).find(({ members }) => members.includes(host));
  if (cluster === undefined) return [];
  return entity.engine.value === 'postgresql'
    ? postgresqlBackups(model, cluster, host)
    : mariadbBackups(model, cluster, host);
}
