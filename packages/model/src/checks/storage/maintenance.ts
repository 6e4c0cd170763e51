import { report } from '@groundplan/diagnostics';
import type { Check } from '../context.js';
import { isMeant } from '../places.js';

/** Says once for each storage what GlusterFS is: at the word, or at the storage that has it by default. */
export const maintenance: Check = ({ model }) =>
  model.storages.flatMap(({ engine }) =>
    isMeant(engine) ? [report('storage/maintenance', engine.origin.span, {})] : [],
  );
