import { bundledCatalog } from '@groundplan/catalog';
import { analyse, emptyConfig } from '@groundplan/model';
import type { Snapshot } from '../../src/snapshot.js';

/** A text as the features see it: with the bundled catalogue, without a configuration. */
export function snapshotOf(text: string): Snapshot {
  return { ...analyse(text), catalog: bundledCatalog, config: emptyConfig };
}
