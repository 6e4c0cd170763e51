import { report } from '@groundplan/diagnostics';
import type { Check } from '../context.js';

/** The entities need more spread groups than a project has. What is marked is the first entity, in the text, that does not fit. */
export const tooManyGroups: Check = ({ model, catalog }) => {
  const { serversPerSpreadGroup, spreadGroups: limit } = catalog.limits;
  const entities = [...model.loadBalancers, ...model.apps, ...model.databases, ...model.storages].sort(
    (a, b) => a.keySpan.start - b.keySpan.start,
  );
  const groupsOf = ({ inRegions }: (typeof entities)[number]) =>
    inRegions.reduce((sum, { count }) => sum + Math.ceil(count.value / serversPerSpreadGroup), 0);
  const count = entities.reduce((sum, entity) => sum + groupsOf(entity), 0);
  let used = 0;
  for (const entity of entities) {
    used += groupsOf(entity);
    if (used > limit) return [report('placement/too-many-groups', entity.keySpan, { count, limit })];
  }
  return [];
};
