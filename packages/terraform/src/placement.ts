import type { Host } from '@groundplan/model';
import { labelsOfEntity } from './labels.js';
import { placeOfEntity } from './places.js';
import type { RootModule } from './root-module.js';

/** What Hetzner puts on different machines, at most, in one group. */
const hostsInGroup = 10;

/**
 * A spread group for every ten hosts of an entity in a region. A host's group follows from its ordinal alone, so that hosts
 * that come or go move no other. The arbiter is alone and has none.
 */
export function writePlacementGroups(module: RootModule): void {
  const { model } = module;
  const written = new Set<string>();
  for (const host of model.hosts) {
    const key = placementGroupOf(host);
    if (key === undefined || host.region === undefined || host.entity === undefined || written.has(key)) continue;
    written.add(key);
    module.resource(placeOfEntity(host.entity), 'hcloud_placement_group', key, {
      name: `${model.name.value}-${host.region.name}-${host.tier}-${host.entity.name}-${groupNumber(host)}`,
      type: 'spread',
      labels: labelsOfEntity(model, host.region, host.tier, host.entity),
    });
  }
}

/** The Terraform name of a host's spread group. */
export function placementGroupOf(host: Host): string | undefined {
  if (host.region === undefined || host.entity === undefined) return undefined;
  return `${host.region.firstName}_${host.tier}_${host.entity.firstName}_${groupNumber(host)}`;
}

function groupNumber({ ordinal }: Host): number {
  return Math.floor((ordinal - 1) / hostsInGroup) + 1;
}
