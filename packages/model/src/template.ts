import type { Span } from '@groundplan/diagnostics';
import type { Reference } from './names.js';

/** Text with references in it: `https://${bucket.static.host}`. `$${` is already a literal `${` in `text`. */
export interface Template {
  readonly span: Span;
  readonly parts: readonly TemplatePart[];
}

export type TemplatePart =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'reference'; readonly reference: Reference }
  /** `${region.name}`, `${region.location}`: of the region of the host that is configured. */
  | { readonly kind: 'here'; readonly output: 'name' | 'location'; readonly span: Span };
