import { type LineIndex, rangeOf, type Span } from '@groundplan/diagnostics';
import type { Trace } from '@groundplan/plan';

/** Where something in the output comes from: a field of the topology, as `apps.web.count`, and its place in the text. */
export interface Place {
  readonly path: string;
  readonly span: Span;
}

export function makeTrace(topology: string, lines: LineIndex, places: ReadonlyMap<string, Place>): Trace {
  const addresses = [...places]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([address, { path, span }]) => [address, { path, ...rangeOf(lines, span) }] as const);
  return { format: 1, topology, addresses: Object.fromEntries(addresses), files: {} };
}
