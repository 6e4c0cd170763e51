import { report, type Span } from '@groundplan/diagnostics';
import { blockOf, blocksOf } from '../../derive/address-plan.js';
import { tierOf } from '../../derive/names.js';
import { fix, setValue } from '../../edits.js';
import type { App, Database, LoadBalancer, Region, SharedStorage } from '../../model.js';
import { parseRange } from '../../values/ipv4.js';
import type { Check, CheckContext } from '../context.js';
import { dotted, listed, pathOf } from '../places.js';

type Entity = LoadBalancer | App | Database | SharedStorage;

/** Two entities of a tier fall into one block of addresses, in at least one region. */
export const addressClash: Check = (context) => {
  const { loadBalancers, apps, databases, storages } = context.model;
  return [loadBalancers, apps, databases, storages].flatMap((entities) => inTier(context, entities));
};

function inTier({ model, tree }: CheckContext, entities: readonly Entity[]) {
  const plans = model.regions.map((region) => planOf(region, entities));
  const clashes = new Map<Entity, Map<Entity, Region[]>>();
  for (const { region, blocks } of plans) {
    for (const sharing of blocks.values()) {
      const inOrder = [...sharing].sort((a, b) => a.keySpan.start - b.keySpan.start);
      for (const [index, entity] of inOrder.entries()) {
        // Two of one first name are name/first-name-taken instead.
        const earlier = inOrder.slice(0, index).filter(({ firstName }) => firstName !== entity.firstName);
        const others = clashes.get(entity) ?? new Map<Entity, Region[]>();
        for (const other of earlier) others.set(other, [...(others.get(other) ?? []), region]);
        if (others.size > 0) clashes.set(entity, others);
      }
    }
  }
  const slot = clashes.size === 0 ? undefined : freeSlot(plans, entities);
  if (slot === undefined) return [];
  return [...clashes].map(([entity, others]) => {
    const clashing = [...others.keys()];
    const write = (each: Entity) =>
      fix(`Give ${dotted(each)} slot ${slot}`, setValue(tree, [...pathOf(each), 'slot'], String(slot)));
    return report(
      'region/address-clash',
      placeOf(entity),
      {
        tier: tierNames[entity.kind],
        name: dotted(entity),
        other: listed(clashing.map(dotted)),
        regions: listed([...new Set([...others.values()].flat())].map(({ name }) => name)),
        slot,
      },
      {
        related: clashing.map((other) => ({ span: placeOf(other), message: `${dotted(other)} has the same block` })),
        fixes: [entity, ...clashing].flatMap(write),
      },
    );
  });
}

const tierNames = { load_balancer: 'balancers', app: 'apps', database: 'databases', storage: 'storage' } as const;

/** The slot where it is written, else the name that the block comes from. */
function placeOf(entity: Entity): Span {
  return entity.slot?.origin.span ?? entity.keySpan;
}

/** Who has which block of a tier in a region. */
interface Plan {
  readonly region: Region;
  readonly blockCount: number;
  readonly blocks: ReadonlyMap<number, readonly Entity[]>;
}

function planOf(region: Region, entities: readonly Entity[]): Plan {
  const prefix = parseRange(region.cidr.value)?.prefix ?? 16;
  const blocks = new Map<number, Entity[]>();
  for (const entity of entities) {
    if (!entity.inRegions.some((place) => place.region === region)) continue;
    const block = blockOf(tierOf[entity.kind], prefix, entity.firstName, entity.slot?.value);
    blocks.set(block, [...(blocks.get(block) ?? []), entity]);
  }
  const kind = entities[0]?.kind ?? 'app';
  return { region, blockCount: blocksOf(tierOf[kind], prefix), blocks };
}

/** The smallest slot that no entity of the tier has in any region; 0 is left out, since it reads like "none". */
function freeSlot(plans: readonly Plan[], [first]: readonly Entity[]): number | undefined {
  const slots = first === undefined ? 0 : blocksOf(tierOf[first.kind], 16);
  for (let slot = 1; slot < slots; slot++) {
    if (plans.every(({ blockCount, blocks }) => !blocks.has(slot % blockCount))) return slot;
  }
  return undefined;
}
