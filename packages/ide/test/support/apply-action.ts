import type { CodeAction } from '@groundplan/ide';
import { applyFix } from '../../../../test/support/apply-fix.js';

/** The text after an action. */
export function applyAction(text: string, { title, edits }: Pick<CodeAction, 'title' | 'edits'>): string {
  return applyFix(text, { title, edits });
}
