import { report } from '@groundplan/diagnostics';
import type { Check } from '../context.js';
import { isMeant, isWritten } from '../places.js';

/** PostgreSQL that every region writes to: concurrent edits can be lost. */
export const lossyConflicts: Check = ({ model }) =>
  model.databases.flatMap(({ engine, betweenRegions }) => {
    if (betweenRegions === undefined || !isWritten(betweenRegions)) return [];
    if (engine.value !== 'postgresql' || !isMeant(engine)) return [];
    const { value, origin } = betweenRegions;
    return value === 'pglogical' || value === 'logical'
      ? [report('database/lossy-conflicts', origin.span, { replication: value })]
      : [];
  });
