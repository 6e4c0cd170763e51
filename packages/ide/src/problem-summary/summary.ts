import { costIn, monthly } from '../facts/cost.js';
import type { Snapshot } from '../snapshot.js';
import { problemCounts } from './problem-words.js';

/** What a status bar says of a topology. */
export interface Summary {
  /** As written; empty when it is not. */
  readonly name: string;
  readonly errors: number;
  readonly warnings: number;
  readonly hosts: number;
  /** `61.45 € a month`, `≥ 61.45 € a month, 2 prices unknown`. */
  readonly cost: string;
}

export function summary(snapshot: Snapshot): Summary {
  const { model, diagnostics } = snapshot;
  return {
    name: model.name.origin.kind === 'written' ? model.name.value : '',
    ...problemCounts(diagnostics),
    hosts: model.hosts.length,
    cost: monthly(costIn(snapshot).total),
  };
}
