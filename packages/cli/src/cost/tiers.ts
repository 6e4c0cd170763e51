import { addSums, type Sum } from '@groundplan/catalog';
import type { Cost, EntityCost } from '@groundplan/model';

export interface TierCost {
  /** The section of the topology, `arbiter`, or `buckets`. */
  readonly tier: string;
  readonly sum: Sum;
  /** Entities in regions that it adds up. */
  readonly parts: number;
}

/** The section of each kind of entity, by the word that it is referred to with. */
const sections: Readonly<Record<string, string>> = {
  load_balancer: 'load_balancers',
  app: 'apps',
  database: 'databases',
  storage: 'shared_storage',
};

/** What each tier costs in all regions together, in the order of the topology. */
export function tiersOf({ entities }: Cost): TierCost[] {
  const tiers = new Map<string, EntityCost[]>();
  for (const entity of entities) {
    const word = entity.owner.split('.')[0] ?? '';
    const tier = sections[word] ?? word;
    tiers.set(tier, [...(tiers.get(tier) ?? []), entity]);
  }
  return [...tiers].map(([tier, parts]) => ({ tier, sum: addSums(parts.map(({ sum }) => sum)), parts: parts.length }));
}
