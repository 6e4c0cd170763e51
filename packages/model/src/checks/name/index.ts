import type { Check } from '../context.js';
import { firstNameTaken } from './first-name-taken.js';
import { hostClash } from './host-clash.js';

export const nameChecks: readonly Check[] = [firstNameTaken, hostClash];
