import type { Edit } from '@groundplan/diagnostics';
import { genericPath } from '@groundplan/model/language';
import type { InterpolationAt, ValueCursor } from '../cursor/index.js';
import type { CompletionItem } from '../results.js';
import type { Context } from './context.js';
import { interpolated } from './values/expressions.js';

/** What may stand in the `${…}` with the cursor in it: kinds, then names, then outputs. The brace is closed when it is not. */
export function inInterpolation(
  context: Context,
  cursor: ValueCursor,
  { expression, typed, closed }: InterpolationAt,
  path: readonly string[],
): readonly CompletionItem[] {
  const words = typed.split('.').length;
  const head = typed.slice(0, typed.lastIndexOf('.') + 1);
  const found = interpolated(context, path, genericPath(path).join('.')).filter(({ text }) => {
    if (!text.startsWith(head) || text === head) return false;
    // A step at a time, but for what would take three of them.
    const isOpen = text.endsWith('.');
    const steps = text.split('.').length - (isOpen ? 1 : 0);
    return isOpen ? steps === words : steps >= words;
  });
  // Plain text in brackets cannot hold braces, so that it is put in quotes.
  const needsQuotes = cursor.style === 'flow' && cursor.quote === '';
  return found.map(({ text, detail }, order) => {
    const isOpen = text.endsWith('.');
    const isComplete = !isOpen;
    const quotes: readonly Edit[] = needsQuotes && isComplete ? quoted(cursor, closed) : [];
    const end = isComplete && !closed ? `}${needsQuotes ? '"' : ''}` : '';
    return {
      label: text,
      kind: isOpen ? ('entity' as const) : ('output' as const),
      detail,
      edit: { span: expression, newText: `${text}${end}` },
      ...(quotes.length === 0 ? {} : { additionalEdits: quotes }),
      sortText: `${isOpen ? 4 : 5}${String(order).padStart(4, '0')}`,
      ...(isOpen ? { continues: true as const } : {}),
    };
  });
}

function quoted({ scalar }: ValueCursor, closed: boolean): readonly Edit[] {
  const { start, end } = scalar;
  const before = { span: { start, end: start }, newText: '"' };
  return closed ? [before, { span: { start: end, end }, newText: '"' }] : [before];
}
