import type { Code } from './catalogue/index.js';
import type { Span } from './span.js';

export type Severity = 'error' | 'warning' | 'information' | 'hint';

/** Replaces `span` of the file that the diagnostic is about by `newText`; an empty span inserts. */
export interface Edit {
  readonly span: Span;
  readonly newText: string;
}

/** One way to mend what is wrong: edits that are applied together and do not overlap. */
export interface Fix {
  readonly title: string;
  readonly edits: readonly Edit[];
}

/** Another place in the same file that explains the diagnostic. */
export interface Related {
  readonly span: Span;
  readonly message: string;
}

export interface Diagnostic {
  readonly code: Code;
  readonly severity: Severity;
  /** What is wrong, then what to do; one line. */
  readonly message: string;
  /** A few words for the mark under the exact range ("did you mean app.web?"); the message says it all without them. */
  readonly label?: string;
  readonly span: Span;
  readonly related: readonly Related[];
  readonly fixes: readonly Fix[];
  /** Set when what is marked does nothing, so that an editor may fade it. */
  readonly unnecessary?: true;
}

/** What every stage returns: as much of a value as could be made, and what is wrong with the input. */
export interface Result<T> {
  readonly value: T;
  readonly diagnostics: readonly Diagnostic[];
}
