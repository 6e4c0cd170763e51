import { inRolloutOrder } from '@groundplan/hosts';
import type { Host, Region } from '@groundplan/model';

/** Hosts that get their configuration at the same time, and what must be done before. */
export interface Batch {
  readonly hosts: readonly Host[];
  readonly after: readonly Step[];
}

/** What the apply waits for on a host, once all hosts of its entity in its region are configured. */
export interface Gate {
  readonly key: string;
  readonly host: Host;
  readonly after: readonly Host[];
}

/** A configured host, or a gate that was passed. */
export type Step = { readonly kind: 'host'; readonly host: Host } | { readonly kind: 'gate'; readonly gate: Gate };

/**
 * Who is before whom: what others need comes first, and balancers, by which users come in, last. The arbiter has a vote in what comes
 * after it.
 */
const tiers: readonly Host['tier'][] = ['arbiter', 'sto', 'db', 'app', 'lb'];

/**
 * The order in which hosts are configured: tier after tier, and within an entity one host after the other, so that a configuration
 * that does not work stops at the first; of an app as many at a time as its release says.
 *
 * @param hosts those that are configured
 * @param hasGate whether an apply waits on a host for what its entity makes together
 */
export function pushOrder(
  hosts: readonly Host[],
  hasGate: (host: Host) => boolean,
): { readonly batches: readonly Batch[]; readonly gates: readonly Gate[] } {
  const batches: Batch[] = [];
  const gates: Gate[] = [];
  let before: readonly Step[] = [];
  for (const tier of tiers) {
    const ends: Step[] = [];
    for (const entityHosts of byEntity(hosts.filter((host) => host.tier === tier))) {
      let after = before;
      for (const chunk of chunks(inRolloutOrder(entityHosts))) {
        batches.push({ hosts: chunk, after });
        after = chunk.map((host) => ({ kind: 'host', host }));
      }
      const own = gatesOf(inRolloutOrder(entityHosts), hasGate);
      gates.push(...own);
      ends.push(...after, ...own.map((gate): Step => ({ kind: 'gate', gate })));
    }
    if (ends.length > 0) before = ends;
  }
  return { batches, gates };
}

/** In the order of the hosts' keys, which never changes. */
function byEntity(hosts: readonly Host[]): Host[][] {
  const groups = new Map<Host['entity'], Host[]>();
  for (const host of [...hosts].sort((a, b) => (a.key < b.key ? -1 : 1))) {
    const group = groups.get(host.entity);
    if (group === undefined) groups.set(host.entity, [host]);
    else group.push(host);
  }
  return [...groups.values()];
}

/** No chunk is of two regions: all hosts of a small region could be in it. */
function chunks(hosts: readonly Host[]): Host[][] {
  const found: Host[][] = [];
  for (const host of hosts) {
    const last = found.at(-1);
    if (last === undefined || last.length >= batchOf(host) || last[0]?.region !== host.region) found.push([host]);
    else last.push(host);
  }
  return found;
}

function batchOf({ entity }: Host): number {
  return entity?.kind === 'app' ? entity.release.batch.value : 1;
}

function gatesOf(hosts: readonly Host[], hasGate: (host: Host) => boolean): Gate[] {
  const regions = new Map<Region | undefined, Host[]>();
  for (const host of hosts) regions.set(host.region, [...(regions.get(host.region) ?? []), host]);
  return [...regions.values()].flatMap((all) => {
    const host = all.find(hasGate);
    return host === undefined ? [] : [{ key: `${host.key.replace(/_\d+$/, '')}_gate`, host, after: hosts }];
  });
}
