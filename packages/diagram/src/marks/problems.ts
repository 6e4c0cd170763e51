import type { Diagnostic, Span } from '@groundplan/diagnostics';
import type { Model } from '@groundplan/model';
import type { GraphNode } from '../graph/graph.js';
import { entityId, type NodeId } from '../node-id.js';

export interface ProblemCounts {
  readonly errors: number;
  readonly warnings: number;
}

export const noProblems: ProblemCounts = { errors: 0, warnings: 0 };

export interface Problems {
  readonly byNode: ReadonlyMap<NodeId, ProblemCounts>;
  /** The nodes that each error and warning is drawn on. */
  readonly nodesOf: ReadonlyMap<Diagnostic, readonly NodeId[]>;
  /** All of them, those that concern no node too. */
  readonly total: ProblemCounts;
}

interface Area {
  readonly span: Span;
  readonly id: NodeId;
}

/**
 * Which nodes the errors and warnings concern: those whose part of the file holds them, and of several the ones with the
 * smallest part. An entity is meant in all of its regions; what a region overrides, in that region alone.
 */
export function placeProblems(model: Model, nodes: readonly GraphNode[], diagnostics: readonly Diagnostic[]): Problems {
  const shown = diagnostics.filter(({ severity }) => severity === 'error' || severity === 'warning');
  const byNode = new Map<NodeId, { errors: number; warnings: number }>();
  const nodesOf = new Map<Diagnostic, readonly NodeId[]>();
  const total = { errors: 0, warnings: 0 };
  if (shown.length === 0) return { byNode, nodesOf, total };
  const areas = [
    ...nodes.filter((node) => isPlaced(node, nodes)).map(({ id, span }) => ({ id, span })),
    ...overrides(model),
  ];
  for (const diagnostic of shown) {
    const { span, severity } = diagnostic;
    const key = severity === 'error' ? 'errors' : 'warnings';
    total[key] += 1;
    const concerned = smallestAround(areas, span);
    nodesOf.set(diagnostic, [...concerned]);
    for (const id of concerned) {
      const counts = byNode.get(id) ?? { errors: 0, warnings: 0 };
      counts[key] += 1;
      byNode.set(id, counts);
    }
  }
  return { byNode, nodesOf, total };
}

/** Not what has no part of the file of its own: people, and a tunnel that is there because of a database. */
function isPlaced({ kind, span }: GraphNode, nodes: readonly GraphNode[]): boolean {
  if (kind !== 'tunnel') return kind !== 'internet';
  return !nodes.some((other) => other.kind !== 'tunnel' && other.kind !== 'internet' && isWithin(span, other.span));
}

function smallestAround(areas: readonly Area[], { start, end }: Span): ReadonlySet<NodeId> {
  let smallest = Number.POSITIVE_INFINITY;
  let found: NodeId[] = [];
  for (const { id, span } of areas) {
    if (start < span.start || end > span.end) continue;
    const size = span.end - span.start;
    if (size < smallest) {
      smallest = size;
      found = [id];
    } else if (size === smallest) found.push(id);
  }
  return new Set(found);
}

/** What is written under `regions.<region>`, for the entity in that region. */
function overrides(model: Model): Area[] {
  const entities = [...model.loadBalancers, ...model.apps, ...model.databases, ...model.storages];
  return entities.flatMap((entity) =>
    entity.inRegions.flatMap(({ region, count, type }) =>
      [count.origin, type.origin]
        .filter(({ span }) => isWithin(span, region.span))
        .map(({ span }) => ({ span, id: entityId(region, entity) })),
    ),
  );
}

function isWithin(inner: Span, outer: Span): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
}
