import type { Span } from '@groundplan/diagnostics';
import { lineStartAt } from '../tree/indentation.js';

/** A `${…}` with the cursor in it. */
export interface InterpolationAt {
  /** What stands between the braces, without blanks around it. */
  readonly expression: Span;
  /** From the beginning of the expression to the cursor. */
  readonly typed: string;
  /** Whether a `}` ends it. */
  readonly closed: boolean;
}

/** The interpolation of a scalar's text in which `offset` is; `$${` begins none. */
export function interpolationAt(text: string, scalar: Span, offset: number): InterpolationAt | undefined {
  const lineStart = lineStartAt(text, offset);
  const from = Math.max(scalar.start, lineStart);
  const before = text.slice(from, offset);
  const open = before.lastIndexOf('${');
  if (open < 0 || before[open - 1] === '$' || before.includes('}', open)) return undefined;
  const inside = from + open + 2;
  const blanks = /^[ \t]*/.exec(text.slice(inside, offset))?.[0].length ?? 0;
  const start = inside + blanks;
  const rest = text.slice(offset, Math.max(offset, scalar.end));
  const stop = /[}\r\n]|\$\{/.exec(rest);
  const closed = stop?.[0] === '}';
  const end = closed
    ? offset + rest.slice(0, stop.index).trimEnd().length
    : offset + (/^[\w.-]*/.exec(rest)?.[0].length ?? 0);
  return { expression: { start, end: Math.max(end, offset) }, typed: text.slice(start, offset), closed };
}
