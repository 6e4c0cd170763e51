import type { Check } from '../context.js';
import { maintenance } from './maintenance.js';
import { replicaTwo } from './replica-two.js';
import { twoWay } from './two-way.js';

export const storageChecks: readonly Check[] = [replicaTwo, twoWay, maintenance];
