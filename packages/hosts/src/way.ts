import type { Host, Model } from '@groundplan/model';
import { bastionHosts, isBastion } from './bastion.js';

/** How SSH reaches a host: directly, by its public address, or through one of the bastions. */
export type Way =
  | { readonly kind: 'direct' }
  /** All are of one region, since private networks end with it; the arbiter, which has no private way in, is reached by its public address. */
  | { readonly kind: 'bastion'; readonly bastions: readonly [Host, ...Host[]]; readonly to: 'private' | 'public' };

/** Undefined where there is none: the topology says nothing of access, or its bastion has no host in the region. */
export function wayTo(model: Model, host: Host): Way | undefined {
  if (isBastion(model, host)) return { kind: 'direct' };
  const all = bastionHosts(model);
  const region = host.region ?? all[0]?.region;
  const [first, ...others] = all.filter((bastion) => bastion.region === region);
  if (first === undefined) return undefined;
  return { kind: 'bastion', bastions: [first, ...others], to: host.region === undefined ? 'public' : 'private' };
}
