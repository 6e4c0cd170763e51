import type { Diagnostic, Fix, Span } from '@groundplan/diagnostics';
import type { CodeAction } from '../results.js';
import type { Snapshot } from '../snapshot.js';
import { sameEdits } from './edits.js';

/** The diagnostics whose mark a span touches. */
export function diagnosticsAt({ diagnostics }: Snapshot, { start, end }: Span): readonly Diagnostic[] {
  return diagnostics.filter(({ span }) => span.start <= end && start <= span.end);
}

/** Every fix of the diagnostics at a span; one that mends several of them is offered once. */
export function quickFixes(snapshot: Snapshot, span: Span): readonly CodeAction[] {
  const found: { fix: Fix; diagnostics: Diagnostic[]; isOnly: boolean }[] = [];
  for (const diagnostic of diagnosticsAt(snapshot, span)) {
    for (const fix of diagnostic.fixes) {
      const isOnly = diagnostic.fixes.length === 1;
      const known = found.find((each) => each.fix.title === fix.title && sameEdits(each.fix.edits, fix.edits));
      if (known === undefined) found.push({ fix, diagnostics: [diagnostic], isOnly });
      else {
        known.diagnostics.push(diagnostic);
        known.isOnly &&= isOnly;
      }
    }
  }
  return found.map(({ fix, diagnostics, isOnly }) => ({
    title: fix.title,
    kind: 'quickfix',
    edits: fix.edits,
    diagnostics,
    ...(isOnly ? { preferred: true } : {}),
  }));
}
