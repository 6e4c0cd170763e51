import type { Opening } from '../firewall.js';
import type { BundlePart } from './bundle.js';

/** What a host does for one entity of the topology: what it lets in, and what its bundle holds for it. */
export interface Role {
  readonly openings: readonly Opening[];
  readonly parts: readonly BundlePart[];
}
