import type { Host, Model, Region } from '@groundplan/model';

/**
 * The user's labels and Groundplan's own, which win. They hold first names, so that a renaming changes none, and follow
 * Hetzner's syntax: up to 63 letters, digits, `-`, `_` and `.`.
 */
export function labelsOf(model: Model, own: Readonly<Record<string, string>> = {}): Record<string, string> {
  const users = Object.fromEntries(model.labels.map(({ key, value }) => [key, value]));
  return { ...users, topology: model.name.value, ...own };
}

export function labelsOfRegion(model: Model, region: Region | undefined): Record<string, string> {
  return labelsOf(model, region === undefined ? {} : { region: region.firstName });
}

export function labelsOfEntity(
  model: Model,
  region: Region,
  tier: Host['tier'],
  entity: { readonly firstName: string },
): Record<string, string> {
  return labelsOf(model, { region: region.firstName, tier, entity: entity.firstName });
}

/** `host` is the host's part of its Terraform address; `stateful` is there only on what must not be lost. */
export function labelsOfHost(model: Model, host: Host): Record<string, string> {
  return labelsOf(model, {
    ...(host.region && { region: host.region.firstName }),
    tier: host.tier,
    ...(host.entity && { entity: host.entity.firstName, ordinal: String(host.ordinal) }),
    host: host.key,
    ...(host.stateful && { stateful: 'true' }),
  });
}
