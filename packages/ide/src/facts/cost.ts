import { addSums, type Catalog, emptySum, formatEuros, formatSum, type Sum } from '@groundplan/catalog';
import { type Cost, costOf, type EntityCost, type Model } from '@groundplan/model';
import type { Facts } from '../snapshot.js';

const known = new WeakMap<Model, { readonly catalog: Catalog; readonly cost: Cost }>();

/** What the topology costs a month. Kept for each model: lenses, hints and hovers all ask for it. */
export function costIn({ model, catalog }: Pick<Facts, 'model' | 'catalog'>): Cost {
  const found = known.get(model);
  if (found?.catalog === catalog) return found.cost;
  const cost = costOf(model, catalog);
  known.set(model, { catalog, cost });
  return cost;
}

/** The costs of `app.web`, one for each region. */
export function costsOf(snapshot: Facts, owner: string): readonly EntityCost[] {
  return costIn(snapshot).entities.filter((each) => each.owner === owner);
}

export function sumOf(costs: readonly EntityCost[]): Sum {
  return costs.length === 0 ? emptySum : addSums(costs.map(({ sum }) => sum));
}

/** `61.45 € a month`, `≥ 61.45 € a month, 2 prices unknown`. */
export function monthly(sum: Sum): string {
  const euros = formatEuros(sum.euros);
  return formatSum(sum).replace(euros, `${euros} a month`);
}
