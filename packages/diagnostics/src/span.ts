/** A half-open range of UTF-16 offsets in a text: `start` included, `end` not. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** True when `offset` lies in the span; its end counts, since that is where a cursor stands after the last character. */
export function touches(span: Span, offset: number): boolean {
  return span.start <= offset && offset <= span.end;
}

/** Orders by start, then by end. */
export function compareSpans(a: Span, b: Span): number {
  return a.start - b.start || a.end - b.end;
}
