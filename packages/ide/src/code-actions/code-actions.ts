import type { Span } from '@groundplan/diagnostics';
import type { CodeAction, CodeActionKind } from '../results.js';
import type { Snapshot } from '../snapshot.js';
import { fixAll, fixAllAction } from './fix-all.js';
import { quickFixes } from './quick-fixes.js';
import { changeStyle } from './refactor/change-style.js';
import { expandRegion } from './refactor/expand-region.js';
import { overrideInRegion } from './refactor/override-in-region.js';
import { writeDefaults } from './refactor/write-defaults.js';
import { suppressions } from './suppress.js';
import { writeMissing } from './write-missing.js';

export { fixAll };

const makers: Readonly<Record<CodeActionKind, (snapshot: Snapshot, span: Span) => readonly CodeAction[]>> = {
  quickfix: (snapshot, span) => [
    ...quickFixes(snapshot, span),
    ...writeMissing(snapshot, span),
    ...suppressions(snapshot, span),
  ],
  'source.fixAll': (snapshot) => fixAllAction(snapshot),
  'refactor.rewrite': (snapshot, span) =>
    [writeDefaults, expandRegion, overrideInRegion, changeStyle].flatMap((make) => make(snapshot, span)),
};

const order: readonly CodeActionKind[] = ['quickfix', 'source.fixAll', 'refactor.rewrite'];

/**
 * What can be done about what stands at `span`: fixes of the diagnostics there, what they say is missing, then comments that ignore them, then what mends
 * the whole file, then other ways to write the same.
 */
export function codeActions(
  snapshot: Snapshot,
  span: Span,
  { only = order }: { readonly only?: readonly CodeActionKind[] } = {},
): readonly CodeAction[] {
  return order.filter((kind) => only.includes(kind)).flatMap((kind) => makers[kind](snapshot, span));
}
