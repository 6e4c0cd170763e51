import { report } from '@groundplan/diagnostics';
import type { Check } from '../context.js';
import { writtenReplications } from './replication.js';

/** PostgreSQL that every region writes to: concurrent edits can be lost. */
export const lossyConflicts: Check = ({ model, tree }) =>
  writtenReplications(model, tree).flatMap(({ database, written: { value, origin } }) =>
    database.engine.value === 'postgresql' && (value === 'pglogical' || value === 'logical')
      ? [report('database/lossy-conflicts', origin.span, { replication: value })]
      : [],
  );
