import { publicKey, topology } from '../../../../test/support/smallest-topology.js';

export { publicKey, topology };

/** A project with the smallest topology and its key. */
export function project(...changes: readonly (readonly [from: string, to: string])[]): Record<string, string> {
  return { 'topology.yaml': topology(...changes), 'keys/ops.pub': publicKey };
}
