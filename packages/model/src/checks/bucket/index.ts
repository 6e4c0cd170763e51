import type { Check } from '../context.js';
import { location } from './location.js';

export const bucketChecks: readonly Check[] = [location];
