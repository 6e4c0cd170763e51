import { compareSpans, type Related, type Span } from '@groundplan/diagnostics';

/** One of several places that contradict each other, and what it says where another one is marked. */
export interface Part {
  readonly span: Span;
  readonly message: string;
}

/** Marks the last of the places, where the author wrote what does not go with the rest; the others explain. */
export function markLast(parts: readonly [Part, ...Part[]]): {
  readonly span: Span;
  readonly related: readonly Related[];
} {
  const [first] = parts;
  const last = parts.reduce((latest, part) => (compareSpans(latest.span, part.span) < 0 ? part : latest), first);
  return { span: last.span, related: othersThan(last.span, parts) };
}

/** The places other than `span`, in the order of the text, each once: an alias shows one place several times. */
export function othersThan(span: Span, parts: readonly Part[]): readonly Related[] {
  const sorted = parts
    .filter((part) => compareSpans(part.span, span) !== 0)
    .sort((a, b) => compareSpans(a.span, b.span));
  return sorted.filter(({ span: own }, index) => {
    const before = sorted[index - 1];
    return before === undefined || compareSpans(before.span, own) !== 0;
  });
}
