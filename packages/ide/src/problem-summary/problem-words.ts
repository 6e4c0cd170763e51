import type { Diagnostic } from '@groundplan/diagnostics';
import { counted } from '../facts/words.js';

/** `1 error, 2 warnings`: what is less is no problem; undefined without any. */
export function problemWords(diagnostics: readonly Diagnostic[]): string | undefined {
  const { errors, warnings } = problemCounts(diagnostics);
  const words = [
    ...(errors === 0 ? [] : [counted(errors, 'error')]),
    ...(warnings === 0 ? [] : [counted(warnings, 'warning')]),
  ];
  return words.length === 0 ? undefined : words.join(', ');
}

export function problemCounts(diagnostics: readonly Diagnostic[]): { errors: number; warnings: number } {
  let errors = 0;
  let warnings = 0;
  for (const { severity } of diagnostics) {
    if (severity === 'error') errors++;
    else if (severity === 'warning') warnings++;
  }
  return { errors, warnings };
}
