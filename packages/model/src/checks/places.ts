import type { EntityKind, InRegion, Named, Origin, Sourced } from '../model.js';
import { sections } from '../read/names.js';

/** A named thing of one of the file's sections. */
export type Entity = Named & { readonly kind: EntityKind };

/** The keys that lead to an entity: `apps`, `web`. */
export function pathOf({ kind, name }: Entity): readonly string[] {
  return [sectionOf(kind), name];
}

/** The key under which entities of a kind stand. */
export function sectionOf(kind: EntityKind): string {
  return sections.find(([each]) => each === kind)?.[1] ?? kind;
}

/** `app.web`, as references and messages call it. */
export function dotted({ kind, name }: Pick<Entity, 'kind' | 'name'>): string {
  return `${kind}.${name}`;
}

/** Whether a value stands in the file and was understood. */
export function isWritten({ origin }: Sourced<unknown>): boolean {
  return origin.kind === 'written' || origin.kind === 'override';
}

/** Whether a value is what its author meant: written and understood, or left to its default. */
export function isMeant({ origin }: Sourced<unknown>): boolean {
  return origin.kind !== 'invalid';
}

/** The regions of an entity that share one value, which is written or defaulted in one place. */
export interface SharedBy {
  readonly origin: Origin;
  readonly places: readonly InRegion[];
}

/** Groups an entity's places by where `value` of each is written, so that one mistake is reported once. */
export function groupByOrigin(
  places: readonly InRegion[],
  value: (place: InRegion) => Sourced<unknown>,
): readonly SharedBy[] {
  const groups = new Map<string, { origin: Origin; places: InRegion[] }>();
  for (const place of places) {
    const { origin } = value(place);
    const key = `${origin.span.start}-${origin.span.end}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { origin, places: [place] });
    else group.places.push(place);
  }
  return [...groups.values()];
}

/** `falkenstein`, `falkenstein and helsinki`, `ash, hil and sin`. */
export function listed(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}
