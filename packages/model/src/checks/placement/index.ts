import type { Check } from '../context.js';
import { tooManyGroups } from './too-many-groups.js';

export const placementChecks: readonly Check[] = [tooManyGroups];
