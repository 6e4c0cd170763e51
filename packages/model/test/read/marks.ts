import type { Span } from '@groundplan/diagnostics';
import { type Analysis, analyse, type Reference, type Sourced } from '@groundplan/model';

/** A topology around `parts`, which replace or add whole sections; errors that follow from what is left out do not matter here. */
export function read(...parts: readonly string[]): Analysis {
  return analyse(['topology: v1', 'name: shop', ...parts].join('\n'));
}

/** Which text of the file stands at a span. */
export function textAt({ tree }: Analysis, { start, end }: Span): string {
  return tree.text.slice(start, end);
}

/** A value with where it came from and what would be shown for it: `4 written "4"`, `2 default (the default) "web"`. */
export function sourced(analysis: Analysis, value: Sourced<unknown> | undefined): string {
  if (value === undefined) return 'nothing';
  const { origin } = value;
  const because = origin.kind === 'default' ? ` (${origin.because})` : '';
  return `${value.value} ${origin.kind}${because} "${textAt(analysis, origin.span)}"`;
}

/** Each reference as `whole | name -> target`, with who refers and from which field. */
export function references(analysis: Analysis): string[] {
  return analysis.model.references.map((reference) => shown(analysis, reference));
}

function shown(analysis: Analysis, { span, nameSpan, target, from, field }: Reference): string {
  const aim = target === undefined ? 'nothing' : `${target.kind} ${target.name} at "${textAt(analysis, target.span)}"`;
  return `${textAt(analysis, span)} | ${textAt(analysis, nameSpan)} -> ${aim}, from ${from} ${field}`;
}
