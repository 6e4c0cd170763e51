import type { Diagnostic } from '@groundplan/diagnostics';
import type { SyntaxTree } from '@groundplan/syntax';
import { topologyFields } from '../generated/fields.js';
import { validateTopology } from '../generated/validate-topology.js';
import { diagnose } from './diagnose.js';
import { nodeBelow } from './schema-walk.js';

/**
 * What of a topology does not have the shape of the language: one diagnostic for one mistake, at the exact key or value.
 * A constraint that has a check of its own, such as bucket/location, is left to that check, and so is what references name.
 */
export function checkShape(tree: SyntaxTree): Diagnostic[] {
  return diagnose(tree, validateTopology, 'the topology', (path) => nodeBelow(topologyFields, path));
}
