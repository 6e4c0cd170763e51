import { clustersOf, type Host, type Model } from '@groundplan/model';
import type { PlacedChange } from '@groundplan/terraform';

/**
 * Hosts that have the data of a host's volume as well, as far as topology and plan know: those of its cluster whose servers and volumes
 * stay as they are. Whether they are well nobody knows but they.
 */
export function copiesOf(host: Host, model: Model, changes: readonly PlacedChange[]): Host[] {
  const touched = new Set(
    changes
      .filter(({ type, action }) => /^hcloud_(?:server|volume)$/.test(type) && action !== 'update')
      .map(({ name }) => name),
  );
  return othersOf(host, model).filter(({ key }) => !touched.has(key));
}

function othersOf(host: Host, model: Model): Host[] {
  const { entity } = host;
  if (entity?.kind === 'database') {
    const cluster = clustersOf(model, entity).find(({ members }) => members.includes(host));
    return (cluster?.members ?? []).filter((member) => member !== host);
  }
  if (entity?.kind !== 'storage') return [];
  const others = model.hosts.filter((each) => each !== host && each.entity === entity && each.region === host.region);
  // An arbiter of GlusterFS has names and sizes, and no content.
  return others.slice(0, Math.max(0, others.length - entity.replicas.arbiter.value));
}
