import type { Diagnostic } from '@groundplan/diagnostics';
import type { SyntaxTree } from '@groundplan/syntax';
import { validateConfig } from '../generated/validate-config.js';
import { diagnose } from './diagnose.js';

/** What of a `groundplan.config.yaml` does not have its shape. */
export function checkConfigShape(tree: SyntaxTree): Diagnostic[] {
  return diagnose(tree, validateConfig, 'the configuration');
}
