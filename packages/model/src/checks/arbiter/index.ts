import type { Check } from '../context.js';
import { inRegion } from './in-region.js';

export const arbiterChecks: readonly Check[] = [inRegion];
