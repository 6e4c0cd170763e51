import type { Check } from '../context.js';
import { inPlainSight } from './in-plain-sight.js';

export const secretChecks: readonly Check[] = [inPlainSight];
