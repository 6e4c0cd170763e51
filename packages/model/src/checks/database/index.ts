import type { Check } from '../context.js';
import { commitLatency } from './commit-latency.js';
import { lossyConflicts } from './lossy-conflicts.js';
import { noArbiter } from './no-arbiter.js';
import { portClash } from './port-clash.js';
import { regionWeight } from './region-weight.js';
import { replication } from './replication.js';
import { standby } from './standby.js';

export const databaseChecks: readonly Check[] = [
  portClash,
  standby,
  replication,
  noArbiter,
  regionWeight,
  commitLatency,
  lossyConflicts,
];
