import type { Entry } from './catalogue/entry.js';
import { type Code, catalogue } from './catalogue/index.js';
import type { Diagnostic, Fix, Related, Severity } from './diagnostic.js';
import { compareSpans, type Span } from './span.js';

/** The facts that the message of `C` speaks of. */
export type Facts<C extends Code> = Parameters<(typeof catalogue)[C]['message']>[0];

export interface Details {
  readonly related?: readonly Related[];
  readonly fixes?: readonly Fix[];
  readonly label?: string;
  /** Only for the codes whose severity depends on how bad it is. */
  readonly severity?: Severity;
  readonly unnecessary?: true;
}

/** Makes the diagnostic `code` for what stands at `span`. */
export function report<C extends Code>(code: C, span: Span, facts: Facts<C>, details: Details = {}): Diagnostic {
  const { severity, message } = catalogue[code] as Entry<Facts<C>>;
  return {
    code,
    severity: details.severity ?? severity,
    message: message(facts),
    span,
    related: details.related ?? [],
    fixes: details.fixes ?? [],
    ...(details.label === undefined ? {} : { label: details.label }),
    ...(details.unnecessary ? { unnecessary: true as const } : {}),
  };
}

/** Sorted by position, then code and message; the same code with the same message at the same place once (an alias shows one mistake many times). */
export function normalise(diagnostics: readonly Diagnostic[]): Diagnostic[] {
  const sorted = [...diagnostics].sort(
    (a, b) => compareSpans(a.span, b.span) || compareText(a.code, b.code) || compareText(a.message, b.message),
  );
  return sorted.filter((diagnostic, index) => {
    const previous = sorted[index - 1];
    return (
      previous === undefined ||
      previous.code !== diagnostic.code ||
      previous.message !== diagnostic.message ||
      compareSpans(previous.span, diagnostic.span) !== 0
    );
  });
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
