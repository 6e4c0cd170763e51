import type { Severity } from '../diagnostic.js';

/**
 * One kind of diagnostic. Its code never changes its meaning and is never used again for another.
 * `P` are the facts that the message speaks of.
 */
export interface Entry<P> {
  readonly severity: Severity;
  /** A heading: what is wrong, without the particulars. */
  readonly title: string;
  /** What is wrong, then what to do, in one line. */
  readonly message: (facts: P) => string;
  /** Why it matters and how to mend it: Markdown, a few paragraphs. */
  readonly docs: string;
  /** For a code that has no folder in test/cases: what shows it, and what mends it, each a piece of text for its page. */
  readonly example?: { readonly language: string; readonly wrong: string; readonly right: string };
}

/** Keeps the type of the facts while checking the form of an entry. */
export function entry<P = Record<never, never>>(definition: Entry<P>): Entry<P> {
  return definition;
}
