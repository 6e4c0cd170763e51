import { type LineIndex, rangeOf, type Span } from '@groundplan/diagnostics';
import type { Trace } from '@groundplan/plan';

/** Where something in the output comes from: a field of the topology, as `apps.web.count`, and its place in the text. */
export interface Place {
  readonly path: string;
  readonly span: Span;
}

/** @param files the places that files of hosts come from, by their path in the output */
export function makeTrace(
  topology: string,
  lines: LineIndex,
  places: ReadonlyMap<string, Place>,
  files: ReadonlyMap<string, Place> = new Map(),
): Trace {
  return { format: 1, topology, addresses: traced(lines, places), files: traced(lines, files) };
}

function traced(lines: LineIndex, places: ReadonlyMap<string, Place>): Trace['addresses'] {
  const entries = [...places]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, { path, span }]) => [name, { path, ...rangeOf(lines, span) }] as const);
  return Object.fromEntries(entries);
}
