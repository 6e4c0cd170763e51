import type { Check } from '../context.js';
import { unused } from './unused.js';

export const referenceChecks: readonly Check[] = [unused];
