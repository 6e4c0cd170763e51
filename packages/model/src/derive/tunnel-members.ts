import type { Host, Model } from '../model.js';

/** The hosts that are in the tunnel: what holds data, and the arbiter; none where nothing crosses regions. Sorted by key. */
export function tunnelMembers(model: Model): Host[] {
  return model.tunnel === undefined ? [] : model.hosts.filter(({ stateful, tier }) => stateful || tier === 'arbiter');
}
