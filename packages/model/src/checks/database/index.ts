import type { Check } from '../context.js';
import { chooseReplication } from './choose-replication.js';
import { commitLatency } from './commit-latency.js';
import { engineMismatch } from './engine-mismatch.js';
import { imageTooOld } from './image-too-old.js';
import { lossyConflicts } from './lossy-conflicts.js';
import { noArbiter } from './no-arbiter.js';
import { noStandby } from './no-standby.js';
import { portClash } from './port-clash.js';
import { regionWeight } from './region-weight.js';
import { syncWithoutStandby } from './sync-without-standby.js';
import { unusedReplication } from './unused-replication.js';

export const databaseChecks: readonly Check[] = [
  chooseReplication,
  commitLatency,
  engineMismatch,
  imageTooOld,
  lossyConflicts,
  noArbiter,
  noStandby,
  portClash,
  regionWeight,
  syncWithoutStandby,
  unusedReplication,
];
