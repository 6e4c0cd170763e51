import type { Span } from '@groundplan/diagnostics';

/** The kinds of things that a reference can name. */
export type DeclarationKind =
  | 'region'
  | 'load_balancer'
  | 'app'
  | 'database'
  | 'storage'
  | 'bucket'
  | 'external'
  | 'secret';

/** Something with a name. */
export interface Declaration {
  readonly kind: DeclarationKind;
  readonly name: string;
  /** The key that names it; for a secret, which nothing declares, its first use. */
  readonly span: Span;
}

/** A place that names something. */
export interface Reference {
  /** The whole reference: `app.web`, or `database.main.url` inside `${…}`. */
  readonly span: Span;
  /** The name in it alone, which a rename replaces. */
  readonly nameSpan: Span;
  /** The kind it says, or that its place implies (`bastion: edge`). Undefined when it says none that exists. */
  readonly kind: DeclarationKind | undefined;
  readonly name: string;
  /** The last word inside `${…}`. */
  readonly output: string | undefined;
  /** Undefined when nothing has that name. */
  readonly target: Declaration | undefined;
  /** Whose text holds it: `app.web`, `region.helsinki`; empty at the top. */
  readonly from: string;
  /** The field that holds it, as in `explain`: `apps.*.env`. */
  readonly field: string;
}
