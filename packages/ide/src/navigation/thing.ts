import { compareSpans, type Span } from '@groundplan/diagnostics';
import type { DeclarationKind } from '@groundplan/model';
import type { Target } from '../results.js';

/** What a topology gives names to: besides what references can name, the anchors of YAML, and the hosts of routes. */
export type ThingKind = DeclarationKind | 'anchor' | 'host';

/** What each kind of thing is called in a sentence. */
export const kindWords: Readonly<Record<ThingKind, string>> = {
  region: 'region',
  load_balancer: 'load balancer',
  app: 'app',
  database: 'database',
  storage: 'shared storage',
  bucket: 'bucket',
  external: 'external target',
  secret: 'secret',
  anchor: 'anchor',
  host: 'host',
};

/** One place where a thing is named. */
export interface Occurrence {
  /** The name as it is written, without quotes. It may be written with escapes. */
  readonly span: Span;
  /** What the name is part of: `database.main.url`, a key with its quotes. */
  readonly whole: Span;
  readonly declares: boolean;
  /** What is read out of the thing: the `url` of `database.main.url`. */
  readonly output?: string;
}

export interface Thing {
  readonly kind: ThingKind;
  readonly name: string;
  /** Where it comes from; undefined for the host of a route when nothing says what zone it is in. */
  readonly target: Target | undefined;
  /** In the order of the text, each place once. */
  readonly occurrences: readonly Occurrence[];
}

/** Sorted by place, without those that stand at the same place by an alias or a merge. */
export function inOrder(occurrences: readonly Occurrence[]): readonly Occurrence[] {
  const sorted = [...occurrences].sort(
    (a, b) => compareSpans(a.span, b.span) || Number(b.declares) - Number(a.declares),
  );
  return sorted.filter(({ span }, index) => {
    const before = sorted[index - 1]?.span;
    return before === undefined || before.start !== span.start || before.end !== span.end;
  });
}
