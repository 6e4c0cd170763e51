import type { Host } from '@groundplan/model';

/** Hosts of one entity in the order in which they get a new configuration: by first names, so that no renaming changes it. */
export function inRolloutOrder(hosts: readonly Host[]): Host[] {
  return [...hosts].sort((a, b) => {
    const [one, other] = [a.region?.firstName ?? '', b.region?.firstName ?? ''];
    return one === other ? a.ordinal - b.ordinal : one < other ? -1 : 1;
  });
}
