import type { Span } from '@groundplan/diagnostics';
import type { Definition, Highlight } from '../results.js';
import type { Snapshot } from '../snapshot.js';
import { hereAt } from './here.js';
import { thingAt, thingsOf } from './things.js';

/**
 * Where the name at `offset` is declared; for a secret its first use, for the host of a route the zone, for `region.name` inside
 * `${…}` every region. Undefined where nothing is named, and for a name that nothing has.
 */
export function definition(snapshot: Snapshot, offset: number): Definition | undefined {
  const found = thingAt(snapshot, offset);
  if (found !== undefined) {
    const { thing, occurrence } = found;
    return thing.target && { origin: occurrence.whole, targets: [thing.target] };
  }
  const origin = hereAt(snapshot.model, offset)?.span;
  if (origin === undefined) return undefined;
  const targets = thingsOf(snapshot).flatMap(({ kind, target }) => (kind === 'region' && target ? [target] : []));
  return targets.length === 0 ? undefined : { origin, targets };
}

/** Every place that names what is named at `offset`, as the name alone, in the order of the text; empty where nothing is named. */
export function references(
  snapshot: Snapshot,
  offset: number,
  { includeDeclaration }: { readonly includeDeclaration: boolean },
): readonly Span[] {
  const occurrences = thingAt(snapshot, offset)?.thing.occurrences ?? [];
  return occurrences.flatMap(({ span, declares }) => (declares && !includeDeclaration ? [] : [span]));
}

/** The same places, to be marked in the text while the cursor is on one of them. */
export function highlights(snapshot: Snapshot, offset: number): readonly Highlight[] {
  const occurrences = thingAt(snapshot, offset)?.thing.occurrences ?? [];
  return occurrences.map(({ span, declares }) => ({ span, kind: declares ? 'write' : 'read' }));
}
